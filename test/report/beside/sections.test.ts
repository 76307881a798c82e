import { describe, expect, it } from 'vitest';
import { besideSections } from '../../../src/report/content/beside-sections.js';
import type { BesideSection } from '../../../src/report/content/section.js';
import { type Beside, nothingBeside } from '../../../src/report/index.js';
import type { Evidence } from '../../../src/results/schema/index.js';
import { madeUpProbe } from '../../probes/made-up.js';
import { faultEvidence } from '../../support/fault-evidence.js';
import { fixtureCompat } from '../compat/fixture-compat.js';
import { faultLines, fixtureBeside, probeLines, swapLines } from './fixture-beside.js';

function only(beside: Partial<Beside>): BesideSection {
  const [section, ...others] = besideSections({ ...nothingBeside, ...beside });
  expect(others).toEqual([]);
  return section!;
}

/** A row as words, without its name. */
function rowOf({ table }: BesideSection, group: string, name: string, nth = 0): string[] {
  const rows = table.groups.find(({ title }) => title === group)!.rows.filter((row) => row.name === name);
  return rows[nth]!.cells.map(({ text }) => text);
}

describe('sections', () => {
  it('are there only for what there is', () => {
    const start = { ...faultEvidence(), kind: 'start', startMs: 1 } as unknown as Evidence;
    expect(besideSections(nothingBeside)).toEqual([]);
    expect(besideSections({ matrix: null, evidence: [start] })).toEqual([]);
    expect(besideSections(fixtureBeside()).map(({ id }) => id)).toEqual([
      'isolation',
      'compatibility',
      'capabilities',
      'swaps',
    ]);
  });

  it('have a cell for every column', () => {
    for (const { table } of besideSections(fixtureBeside()))
      for (const { cells } of table.groups.flatMap(({ rows }) => rows))
        expect(cells).toHaveLength(table.columns.length - 1);
  });
});

describe('isolation', () => {
  const section = only({ evidence: faultLines });

  it('groups by what failed, in the order of the mechanisms', () => {
    expect(section.table.groups.map(({ title }) => title)).toEqual([
      'cpp',
      'lua',
      'wasm/c',
      'ext-authz/rust-grpc',
    ]);
  });

  it('says how far, who passes, how many, how long and how Envoy ended', () => {
    expect(rowOf(section, 'cpp', 'segv')).toEqual([
      ...['–', 'process', '–', '0', '0.01', 'never', '–', 'SIGSEGV'],
    ]);
    expect(rowOf(section, 'lua', 'loop').slice(1, 3)).toEqual(['worker+', '–']);
    expect(rowOf(section, 'lua', 'memory').slice(5)).toEqual(['at once', '+256', 'lives']);
    expect(rowOf(section, 'wasm/c', 'trap')).toEqual([
      ...['FAIL_CLOSED', 'worker', '–', '10', '0.01', '1.3 s', '–', 'lives'],
    ]);
    expect(rowOf(section, 'wasm/c', 'trap', 1).slice(0, 3)).toEqual(['FAIL_OPEN', 'none', 'worker']);
    expect(rowOf(section, 'ext-authz/rust-grpc', 'killed').slice(0, 6)).toEqual([
      ...['failure_mode_allow: false', 'filter', '–', '20', '0.01', '0.1 s'],
    ]);
    expect(rowOf(section, 'ext-authz/rust-grpc', 'killed', 1).slice(1, 3)).toEqual(['none', 'filter']);
  });

  it('tints by the radius, and explains every word', () => {
    const tints = section.table.groups.flatMap(({ rows }) => rows.map(({ cells }) => cells[1]!.tint));
    expect(new Set(tints)).toEqual(new Set(['none', 'worker', 'filter', 'process']));
    const words = section.key.map(({ word }) => word);
    for (const tint of tints) expect(words).toContain(tint);
  });

  it('says what a fault is once for all policies', () => {
    const details = section.table.groups[2]!.rows.map(({ detail }) => detail);
    expect(details).toEqual(['it traps', '']);
  });

  it('says under which load, and what did not count', () => {
    expect(section.intro).toContain('Envoy 1.40.0');
    expect(section.intro).toContain('100 requests a second over 2 workers');
    expect(section.intro).not.toContain('worst');
    expect(only({ evidence: [faultEvidence(), faultEvidence()] }).intro).toContain('the worst is shown');
    expect(section.remarks).toEqual(['lua, exhaust on Envoy 1.40.0 does not count: it was ill before']);
  });

  it('keeps Envoys apart', () => {
    const { table } = only({ evidence: [faultEvidence(), faultEvidence({ envoy: '1.36.4' })] });
    expect(table.groups.map(({ title }) => title)).toEqual(['lua on Envoy 1.40.0', 'lua on Envoy 1.36.4']);
  });
});

describe('compatibility', () => {
  const matrix = fixtureCompat();
  const section = only({ matrix });

  it('has a column an Envoy and a row a subject', () => {
    expect(section.table.columns.map(({ title }) => title)).toEqual([
      'Subject',
      ...matrix.envoys.map(({ label }) => label),
    ]);
    expect(section.table.groups.flatMap(({ rows }) => rows)).toHaveLength(matrix.subjects.length);
    expect(rowOf(section, "Envoy's own filters", 'json_to_metadata')).toEqual([
      ...['dies', 'loads', 'loads', 'loads', 'loads'],
    ]);
  });

  it('leads from each number to what was said', () => {
    for (const { cells } of section.table.groups.flatMap(({ rows }) => rows))
      for (const { text, note, hint, tint } of cells) {
        expect(tint).toBe(text);
        if (text === 'loads') expect(note).toBeNull();
        else {
          expect(section.notes[note! - 1]).toBe(hint);
          expect(hint.startsWith(text)).toBe(true);
        }
      }
    expect(new Set(section.notes).size).toBe(section.notes.length);
  });

  it('leaves out meanings of what did not come up', () => {
    const cells = matrix.cells.filter(({ outcome }) => outcome === 'loads');
    expect(only({ matrix: { ...matrix, cells } }).key.map(({ word }) => word)).toEqual(['loads']);
    expect(besideSections({ matrix: { ...matrix, cells: [] }, evidence: [] })).toEqual([]);
  });
});

describe('capabilities', () => {
  const section = only({ evidence: probeLines });

  it('groups by the first part of the name', () => {
    expect(section.table.groups.map(({ title }) => title)).toEqual(['lua', 'ext-proc']);
  });

  it('says what was asked, answered and seen, and what Envoy said', () => {
    expect(rowOf(section, 'lua', 'inline')).toEqual([
      ...['yes', 'does it load?', 'others answered meanwhile 20, none –'],
    ]);
    const [answer, , seen] = section.table.groups[0]!.rows[1]!.cells;
    expect([answer!.text, answer!.tint, seen!.detail]).toEqual(['no', 'no', 'Envoy: “no such <file>”']);
  });

  it('does not answer for a probe that could not be carried out', () => {
    const [answer, , seen] = section.table.groups[1]!.rows[0]!.cells;
    expect([answer!.text, answer!.tint, seen!.text]).toEqual([
      ...['not carried out', 'unanswered', 'no port is free'],
    ]);
  });

  it('cuts words that never end', () => {
    const { table } = only({ evidence: [madeUpProbe({ words: 'word '.repeat(500) })] });
    expect(table.groups[0]!.rows[0]!.cells[2]!.detail.length).toBeLessThan(320);
  });
});

describe('swaps', () => {
  const section = only({ evidence: swapLines });

  it('has an account a row', () => {
    expect(rowOf(section, '', 'lua/script')).toEqual([
      ...['100', '0', '0', '13', '30', '0', '3', 'a new listener'],
    ]);
    expect(rowOf(section, '', 'dynamic-module/code').slice(1, 4)).toEqual(['2', '1', '–']);
  });

  it('tints what should not be', () => {
    const tints = (nth: number) => section.table.groups[0]!.rows[nth]!.cells.map(({ tint }) => tint);
    expect(tints(0).every((tint) => tint === null)).toBe(true);
    expect(tints(1).filter((tint) => tint === 'refused')).toHaveLength(3);
  });

  it('says under which load', () => {
    expect(section.intro).toContain('200 requests a second');
  });
});
