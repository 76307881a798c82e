import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { judgementOf } from '../../src/report/content/verdicts.js';
import { reportHtml, reportMarkdown, terminalTable } from '../../src/report/index.js';
import { fixtureRun } from './fixture-run.js';
import { judgedRuns, opinions, tested } from './fixture-verdicts.js';

const { bench, whole, drawn } = await judgedRuns();

describe('what a report shows of verdicts', () => {
  it('is nothing where none was judged', () => {
    expect(judgementOf(fixtureRun())).toBeNull();
    const page = reportHtml(fixtureRun(), []).replace(/<style>[\s\S]*?<\/style>/, '');
    for (const text of [page, reportMarkdown(fixtureRun(), [])]) expect(text).not.toMatch(/claim by claim/);
  });

  it('is what a bench tested, and of the rest how many there are', () => {
    const { areas, untested, untestedText, counts } = judgementOf(bench)!;
    expect(areas.map(({ title }) => title)).toEqual(['Performance']);
    expect(areas[0]!.verdicts).toEqual(tested(bench));
    expect(untested.length).toBe(bench.verdicts.length - tested(bench).length - opinions(bench).length);
    expect(untestedText).toBe(
      `${untested.length} claims need more than this run: "filterbench claims" gathers it.`,
    );
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(bench.verdicts.length);
    expect(counts.find(({ word }) => word === 'refuted')!.count).toBeGreaterThan(0);
  });

  it('is every claim where something of each area was tested, but opinions by themselves', () => {
    const { areas, untested, opinions: listed } = judgementOf(whole)!;
    const shown = areas.flatMap(({ verdicts }) => verdicts);
    expect(untested).toEqual([]);
    expect(areas.map(({ title }) => title)).toEqual([
      'Performance',
      'Isolation',
      'Compatibility',
      'Capability',
    ]);
    expect(shown.some(({ word }) => word === 'not tested')).toBe(true);
    expect([...shown, ...listed]).toEqual(whole.verdicts);
  });
});

describe('the verdicts in report.md', () => {
  it('are a table of claims, statements, words and what decides', () => {
    const text = reportMarkdown(whole, drawn);
    for (const { claim, word, area } of whole.verdicts.filter((verdict) => verdict.area !== 'opinion')) {
      const [row] = text.split('\n').filter((line) => line.startsWith(`| ${claim} |`));
      expect(row, `${area} ${claim}`).toContain(`| **${word}**`);
      expect(row!.match(/(?<!\\)\|/g)).toHaveLength(5);
    }
    expect(text).toContain('[report.html](report.html)');
    expect(text).toContain(`(${whole.article!.url})`);
    expect(text).not.toMatch(/<[a-z]/i);
    expect(text.indexOf('claim by claim')).toBeLessThan(text.indexOf('## Costs'));
  });

  it('say how many claims need more', () => {
    expect(reportMarkdown(bench, drawn)).toMatch(
      /^\d+ claims need more than this run: "filterbench claims"/m,
    );
  });
});

describe('the verdicts at the end of a bench', () => {
  it.each([60, 120])('are one line of counts, within %i columns', (width) => {
    const text = stripVTControlCharacters(terminalTable(bench, { width, colour: true }));
    const start = text.split('\n').findIndex((line) => line.startsWith('claims: '));
    const lines = text.split('\n').slice(start);
    expect(lines.join(' ')).toMatch(/\d+ supported, \d+ refuted, .*\d+ not tested; .*report/);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  });

  it('are not there where none was judged', () => {
    expect(terminalTable(fixtureRun(), { width: 80, colour: false })).not.toContain('claims: ');
  });
});
