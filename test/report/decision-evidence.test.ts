import { describe, expect, it } from 'vitest';
import { faults } from '../../src/faults/families/index.js';
import { faultClasses } from '../../src/report/content/decision/untrusted.js';
import { madeUpSwap } from '../probes/made-up.js';
import { effortEvidence } from '../support/effort-evidence.js';
import { faultEvidence, harmed } from '../support/fault-evidence.js';
import { cellOf, nothingMeasured, run, tableOf } from './fixture-decision.js';

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
