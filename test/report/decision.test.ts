import { describe, expect, it } from 'vitest';
import { faults } from '../../src/faults/families/index.js';
import { decisionsOf } from '../../src/report/content/decision/index.js';
import { faultClasses } from '../../src/report/content/decision/untrusted.js';
import type { VariantTable } from '../../src/report/content/variant-table.js';
import { reportHtml, reportMarkdown } from '../../src/report/index.js';
import type { Evidence, Run } from '../../src/results/schema/index.js';
import { madeUpSwap } from '../probes/made-up.js';
import { effortEvidence } from '../support/effort-evidence.js';
import { faultEvidence, harmed } from '../support/fault-evidence.js';
import { fixtureRun, leakedNumber } from './fixture-run.js';
import { wholeRun } from './fixture-whole.js';

const run = fixtureRun();
const whole = onlyIn(wholeRun(), /^(?:headers|access|inspect|model|json|redact)/);
const nothingMeasured: Run = { ...run, arms: [], comparisons: [] };

function tableOf(of: Run, evidence: readonly Evidence[], title: string): VariantTable {
  const table = decisionsOf(of, evidence)
    .flatMap(({ tables }) => tables)
    .find((each) => each.title === title);
  if (table === undefined) throw new TypeError(`no table is called ${title}`);
  return table;
}

/** One cell: by variant, and by the beginning of its column's head. */
function cellOf({ heads, rows }: VariantTable, variant: string, head: string) {
  const place = heads.findIndex((each) => each.startsWith(head));
  const found = rows.find(({ arm }) => arm.variant === variant)?.cells[place];
  if (found === undefined) throw new TypeError(`no cell of ${variant} below ${head}`);
  return found;
}

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

describe('running code that nobody trusts', () => {
  const of = (mechanism: string, variant: string, fault: string, policy: string | null = null) => ({
    mechanism,
    variant,
    fault,
    policy,
  });
  const failed = { effect: 'failed' } as const;
  const evidence = [
    { ...harmed(failed), ...of('wasm', 'wasm/c', 'trap', 'FAIL_CLOSED') },
    faultEvidence(of('wasm', 'wasm/c', 'trap', 'FAIL_RELOAD')),
    { ...harmed({ effect: 'unfiltered' }), ...of('wasm', 'wasm/c', 'trap', 'FAIL_OPEN') },
    {
      ...harmed({ ...failed, listener: 'neighbour' as const }),
      ...of('wasm', 'wasm/c', 'loop', 'FAIL_OPEN'),
    },
    faultEvidence({
      ...of('dynamic-module', 'dynamic-module/rust', 'null'),
      diedMs: 30,
      exit: { code: null, signal: 'SIGSEGV' },
      fresh: [],
    }),
    faultEvidence(of('dynamic-module', 'dynamic-module/rust', 'panic-caught')),
    {
      ...harmed({ ...failed, worker: 0 }, { ...failed, worker: 1 }),
      ...of('ext-proc', 'ext-proc/rust', 'killed'),
    },
  ];
  const table = tableOf(nothingMeasured, evidence, 'Faults of untrusted code');

  it('is told by the widest reach of each kind of fault', () => {
    expect(cellOf(table, 'wasm/c', 'It crashes')).toEqual({
      text: 'one worker',
      detail: 'trap',
      remark: 'nobody with FAIL_RELOAD or FAIL_OPEN',
    });
    expect(cellOf(table, 'wasm/c', 'It never answers').text).toBe('one worker, also beside the filter');
    expect(cellOf(table, 'dynamic-module/rust', 'It crashes')).toMatchObject({
      text: 'all of Envoy',
      detail: 'null',
    });
    expect(cellOf(table, 'ext-proc/rust', 'It crashes').text).toBe('the filter');
    expect(cellOf(table, 'ext-proc/rust', 'It never answers')).toMatchObject({ remark: 'not injected' });
    expect(cellOf(table, 'cpp', 'It crashes')).toMatchObject({ text: '–', remark: 'not injected' });
  });

  it('says whether Envoy lived, and what passes unseen', () => {
    expect(cellOf(table, 'dynamic-module/rust', 'Envoy lived')).toMatchObject({
      text: 'no',
      detail: 'SIGSEGV in 1 of 2 cases',
    });
    expect(cellOf(table, 'wasm/c', 'Envoy lived')).toMatchObject({ text: 'yes', detail: 'in 4 cases' });
    expect(cellOf(table, 'wasm/c', 'Let through unseen')).toMatchObject({
      text: 'one worker',
      detail: 'FAIL_OPEN',
    });
    expect(cellOf(table, 'dynamic-module/rust', 'Let through unseen').text).toBe('nobody');
  });

  it('is that of the newest Envoy that was injured', () => {
    const old = faultEvidence({ ...of('lua', 'lua', 'error'), envoy: '1.36.4', diedMs: 1, fresh: [] });
    const both = tableOf(nothingMeasured, [old, ...evidence], 'Faults of untrusted code');
    expect(both.caption).toContain('Envoy 1.40.0');
    expect(cellOf(both, 'lua', 'Envoy lived').remark).toBe('not injected');
  });

  it('puts every known fault into one class', () => {
    const classed = faultClasses.flatMap((each) => [...each.faults]) as string[];
    const known = [...new Set(faults.map(({ name }) => name))];
    expect(classed.toSorted()).toEqual(known.toSorted());
  });
});

describe('changing without a rebuild or a restart', () => {
  const swap = (probe: string, account = {}, more = {}) => madeUpSwap(account, { probe, ...more });
  const evidence = [
    swap('swap/lua/script'),
    swap('swap/wasm-code/other-file', { firstNewMs: 812, wrong: 2 }),
    swap('swap/wasm-code/same-path', {}, { way: 'same-path' }),
    swap('swap/dynamic-module-rust/other-file'),
    swap('swap/dynamic-module-rust/same-path', { firstNewMs: null }, { way: 'same-path' }),
    swap('swap/hot-restart', { firstNewMs: 640 }, { way: 'hot-restart' }),
    swap('swap/cold-restart', { lost: 55 }, { way: 'cold-restart' }),
    swap('swap/ext-proc/server', { lost: 1 }, { passed: false, problem: 'no server' }),
  ];
  const table = tableOf(run, evidence, 'Changes while requests flow');

  it('is told by what was lost, and when the new one served', () => {
    expect(cellOf(table, 'lua', 'New code')).toMatchObject({
      text: '0 of 100 lost',
      detail: expect.stringMatching(/^new after 1[23] ms$/),
      remark: '',
    });
    expect(cellOf(table, 'wasm/rust', 'New code')).toMatchObject({
      detail: 'new after 812 ms',
      remark: '2 wrong',
    });
    expect(cellOf(table, 'ext-authz/rust-grpc', 'New code')).toMatchObject({
      text: '–',
      remark: 'not tried',
    });
    // What could not be carried out says nothing.
    expect(cellOf(table, 'ext-proc/rust', 'New code')).toMatchObject({ text: '–', remark: 'not tried' });
  });

  it('says what needs a restart', () => {
    expect(cellOf(table, 'wasm/rust', 'Needs a restart').text).toBe('no');
    expect(cellOf(table, 'dynamic-module/rust', 'New code in the same file').detail).toBe('not taken');
    expect(cellOf(table, 'dynamic-module/rust', 'Needs a restart')).toMatchObject({
      text: 'yes',
      detail: 'for new code in the same file',
    });
    expect(cellOf(table, 'cpp', 'Needs a restart')).toMatchObject({ text: 'yes', detail: 'for new code' });
    expect(table.footnotes.at(-1)).toBe('A restart that ends the old process first lost 55 of 100 requests.');
  });

  it('has the memory of the run, and the time of a build where one was timed', () => {
    expect(cellOf(table, 'ext-proc/rust', 'Memory').text).toBe('+6.2');
    expect(table.heads).not.toContain('Clean build, s');
    const built = tableOf(run, [...evidence, effortEvidence()], 'Changes while requests flow');
    expect(cellOf(built, 'wasm/rust', 'Clean build').text).toBe('71.3');
    expect(cellOf(built, 'cpp', 'Clean build').text).toBe('–');
    const unmeasured = tableOf(nothingMeasured, evidence, 'Changes while requests flow');
    expect(cellOf(unmeasured, 'ext-proc/rust', 'Memory').text).toBe('–');
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
