import { describe, expect, it } from 'vitest';
import { decisionsOf } from '../../src/report/content/decision/index.js';
import { reportHtml, reportMarkdown } from '../../src/report/index.js';
import type { Run } from '../../src/results/schema/index.js';
import { madeUpSwap } from '../probes/made-up.js';
import { faultEvidence } from '../support/fault-evidence.js';
import { cellOf, nothingMeasured, run, tableOf } from './fixture-decision.js';
import { leakedNumber } from './fixture-run.js';
import { wholeRun } from './fixture-whole.js';

const whole = onlyIn(wholeRun(), /^(?:headers|access|inspect|model|json|redact)/);

describe('what jobs cost', () => {
  it('is told by the scenarios that were measured', () => {
    expect(decisionsOf(run, []).map(({ title }) => title)).toEqual(['Change headers', 'Authenticate']);
    expect(decisionsOf(whole, []).map(({ title, tables }) => [title, tables.length])).toEqual([
      ['Change headers', 1],
      ['Authenticate', 1],
      ['Look at or change a body', 2],
    ]);
    expect(decisionsOf(nothingMeasured, [])).toEqual([]);
    const { heads, footnotes } = tableOf(run, [], 'Authenticating');
    expect(heads[0]).toBe('CPU in access, µs');
    expect(footnotes).toEqual(['Not measured in this run: jwt, lookup.']);
  });

  it('has a row for each mechanism, in one order and without a score', () => {
    const { rows } = tableOf(run, [], 'Changing headers');
    expect(rows.map(({ arm }) => arm.variant)).toEqual([
      ...['cpp', 'lua', 'wasm/rust', 'dynamic-module/rust', 'ext-proc/rust', 'ext-authz/rust-grpc'],
    ]);
  });

  it('shows intervals, and what lies within the noise', () => {
    const table = tableOf(run, [], 'Changing headers');
    const cpu = cellOf(table, 'lua', 'CPU in headers');
    expect(cpu).toMatchObject({
      text: expect.stringMatching(/^4\.\d/),
      detail: expect.stringMatching(/^\[/),
    });
    expect(cpu.remark).toBe('');
    expect(cellOf(table, 'lua', 'Added p50 in headers').detail).toMatch(/^\[/);
    expect(cellOf(table, 'lua', 'Throughput in headers').text).toMatch(/^0\.\d{3}$/);
    expect(cellOf(table, 'ext-proc/rust', 'Memory in headers').text).toBe('+6.2');
    const quiet = { ...run, noiseFloor: { ...run.noiseFloor, inProcess: floor(50) } };
    const noisy = tableOf(quiet, [], 'Changing headers');
    expect(cellOf(noisy, 'lua', 'CPU in headers').remark).toBe('within noise');
    expect(cellOf(noisy, 'lua', 'Added p50 in headers').remark).toBe('within noise');
    expect(cellOf(noisy, 'ext-proc/rust', 'CPU in headers').remark).toBe('');
  });

  it('says in its place why there is no number', () => {
    const access = tableOf(run, [], 'Authenticating');
    const invalid = cellOf(access, 'lua', 'CPU in access');
    expect(invalid.text).toBe('–');
    expect(invalid.remark).toMatch(/^invalid: proof "no key is refused" failed/);
    expect(invalid.remark.length).toBeLessThan(110);
    expect(JSON.stringify(access)).not.toContain(String(leakedNumber));
    const changing = tableOf(whole, [], 'Changing a body');
    expect(cellOf(changing, 'ext-authz/rust-grpc', 'CPU in redact').remark).toBe(
      'unsupported: ext_authz takes no other body back, and is asked on the request only',
    );
    const without = { ...run, arms: run.arms.filter(({ variant }) => variant !== 'cpp') };
    expect(cellOf(tableOf(without, [], 'Changing headers'), 'cpp', 'CPU').remark).toBe('not measured');
  });

  it('compares bodies at 16 KiB, with what each KiB adds', () => {
    const table = tableOf(whole, [], 'Looking at a body');
    expect(table.heads.slice(0, 4)).toEqual([
      'CPU in inspect at 16 KiB, µs',
      'CPU in model-routing at 16 KiB, µs',
      'Each KiB in inspect, µs',
      'Each KiB in model-routing, µs',
    ]);
    const arm = whole.arms.find(
      ({ scenario, variant, twinOf }) => scenario === 'inspect-16k' && variant === 'wasm/rust' && !twinOf,
    );
    const shown = Number(cellOf(table, 'wasm/rust', 'CPU in inspect').text);
    expect(shown).toBeCloseTo(arm!.overhead!.totalCpuUs.estimate, 0);
    expect(cellOf(table, 'wasm/rust', 'Each KiB in inspect')).toMatchObject({
      text: expect.stringMatching(/^0\.\d+$/),
      detail: expect.stringMatching(/^\[0\./),
    });
    expect(cellOf(table, 'cpp', 'Each KiB in inspect').text).toBe('–');
  });

  it('shows no interval in smoke', () => {
    expect(JSON.stringify(decisionsOf(onlyIn(wholeRun('smoke'), /^(?:headers|inspect)/), []))).not.toMatch(
      /\[−?\d|±|interval/,
    );
  });

  it('is that of the newest Envoy where there are several', () => {
    const older = run.arms.map((arm) => ({ ...arm, envoy: '1.36.4', id: `${arm.id}-old` }));
    const slow = older.map((arm) => (arm.overhead === null ? arm : { ...arm, status: 'invalid' as const }));
    const envoys = [{ ...run.envoys[0]!, version: '1.36.4' }, ...run.envoys];
    const both = { ...run, envoys, arms: [...slow, ...run.arms] };
    expect(cellOf(tableOf(both, [], 'Changing headers'), 'wasm/rust', 'CPU').text).not.toBe('–');
    expect(reportHtml(both, [])).toContain('Costs here are those on Envoy 1.40.0.');
  });
});

describe('the decision section', () => {
  const beside = { matrix: null, evidence: [faultEvidence(), madeUpSwap()] };

  it('is there where anything is known, and only there', () => {
    expect(reportHtml(nothingMeasured, [])).not.toContain('id="decision"');
    expect(reportMarkdown(nothingMeasured, [])).not.toContain('Which one for your job?');
    const page = reportHtml(nothingMeasured, [], beside);
    expect(page).toContain('<section id="decision"><h2>Which one for your job?</h2>');
    expect(page).toContain('<h3>Run code that you do not trust</h3>');
    expect(page).not.toContain('<h3>Change headers</h3>');
  });

  it('names each job, and each of several tables', () => {
    const some = onlyIn(whole, /^(?:headers|access|inspect-16k|redact-16k)$/);
    const page = reportHtml(some, [], beside);
    expect(page.match(/<h4>(?:Looking at|Changing) a body<\/h4>/g)).toHaveLength(2);
    const text = reportMarkdown(some, [], beside);
    for (const title of ['Change headers', 'Authenticate', 'Change it without a rebuild or a restart'])
      expect(text).toContain(`### ${title}\n`);
  });

  it('escapes what others wrote', () => {
    const arms = run.arms.map((arm) => ({ ...arm, status: 'invalid' as const, reason: '<b>|why' }));
    const some = { ...run, arms: [...run.arms.filter(({ variant }) => variant !== 'cpp'), ...arms] };
    expect(reportHtml(some, [])).not.toContain('<b>');
    expect(reportMarkdown(some, [])).not.toMatch(/<b>|[^\\]\|why/);
  });
});

/** Less of a run, so that a page of it is made in no time. */
function onlyIn(of: Run, scenarios: RegExp): Run {
  return {
    ...of,
    scenarios: of.scenarios.filter(({ name }) => scenarios.test(name)),
    arms: of.arms.filter(({ scenario }) => scenarios.test(scenario)),
    comparisons: [],
  };
}

function floor(us: number) {
  return { cpuUs: us, p50Us: us, throughputRatio: 0.01, pairs: ['a pair'] };
}
