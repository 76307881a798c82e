import { describe, expect, it } from 'vitest';
import { isolationMatrix } from '../../src/faults/matrix.js';
import { faultLines } from '../../src/report/terminal/faults.js';
import type { Evidence } from '../../src/results/schema/index.js';
import { faultEvidence, harmed } from '../support/fault-evidence.js';

const failed = { effect: 'failed' } as const;

const fresh = [{ listener: 'filter' as const, tried: 16, right: 7, unfiltered: 0 }];

describe('the isolation matrix', () => {
  it('has a row a fault, policy and Envoy, in the order of the evidence', () => {
    const rows = isolationMatrix([
      faultEvidence({ fault: 'trap', policy: 'FAIL_OPEN' }),
      faultEvidence({ fault: 'trap', policy: 'FAIL_CLOSED' }),
      faultEvidence({ fault: 'trap', policy: 'FAIL_OPEN', envoy: '1.36.4' }),
      faultEvidence({ fault: 'trap', policy: 'FAIL_OPEN' }),
    ]);
    expect(rows.map(({ policy, envoy, injections }) => [policy, envoy, injections])).toEqual([
      ['FAIL_OPEN', '1.40.0', 2],
      ['FAIL_CLOSED', '1.40.0', 1],
      ['FAIL_OPEN', '1.36.4', 1],
    ]);
  });

  it('shows the worst of several injections', () => {
    const seen = [
      harmed({ ...failed, lastMs: 1_000 }),
      harmed({ ...failed, worker: 0, lastMs: 1_500 }, { ...failed, worker: 1, lastMs: 100 }),
      faultEvidence(),
    ];
    expect(isolationMatrix(seen)).toMatchObject([
      { injections: 3, radius: 'filter', recovered: true, recoveryMs: 1_500, harmed: 20, died: null },
    ]);
    expect(isolationMatrix([...seen, { ...harmed(failed), fresh }])).toMatchObject([
      { recovered: false, recoveryMs: null },
    ]);
  });

  it('says how long others waited, and how much Envoy grew', () => {
    const memory = { beforeMiB: 20, peakMiB: 300, afterMiB: 276, headroomMiB: null };
    const seen = [harmed({ slowestMs: 700 }, { ...failed, slowestMs: 3_000 }), faultEvidence({ memory })];
    expect(isolationMatrix(seen)).toMatchObject([{ slowestMs: 700, grewMiB: 256 }]);
    expect(isolationMatrix([faultEvidence({ memory: { ...memory, afterMiB: null } })])).toMatchObject([
      { grewMiB: null },
    ]);
  });

  it('says how Envoy died', () => {
    const exit = { code: null, signal: 'SIGSEGV' };
    const seen = faultEvidence({ diedMs: 30, exit, fresh: [] });
    expect(isolationMatrix([seen])).toMatchObject([{ radius: 'process', died: 'SIGSEGV', recovered: false }]);
  });

  it('leaves out what could not be injected, and all other evidence', () => {
    const start: Evidence = {
      schema: 'filterbench/evidence@1',
      kind: 'start',
      arm: 'lua',
      restart: 0,
      passed: true,
      problem: null,
      startMs: 1,
    };
    expect(isolationMatrix([start, faultEvidence({ passed: false, problem: 'it was ill before' })])).toEqual(
      [],
    );
  });
});

describe('its table', () => {
  const rows = isolationMatrix([
    faultEvidence({
      mechanism: 'ext-authz',
      variant: 'ext-authz/rust-grpc',
      policy: 'failure_mode_allow: false',
    }),
    { ...harmed({ ...failed, lastMs: 1_300 }), mechanism: 'wasm', variant: 'wasm/c', policy: 'FAIL_RELOAD' },
    { ...harmed({ ...failed, listener: 'neighbour' }), fresh },
    {
      ...harmed({ effect: 'unfiltered' }),
      mechanism: 'wasm',
      variant: 'wasm/c',
      policy: 'FAIL_OPEN',
      fresh: [{ ...fresh[0]!, unfiltered: 9 }],
    },
    faultEvidence({
      fault: 'memory',
      memory: { beforeMiB: 20, peakMiB: 300, afterMiB: 276, headroomMiB: null },
    }),
  ]);

  it('fits into 80 columns', () => {
    for (const line of faultLines(rows, 80)) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('says how far, who passes, and when all is well', () => {
    const text = faultLines(rows, 80).join('\n');
    expect(text).toMatch(/^ext-authz error +refuse +none +0 +at once$/m);
    expect(text).toMatch(/^wasm error +reload +worker +10 +1\.3 s$/m);
    expect(text).toMatch(/^lua error +worker\+ +10 +never$/m);
    expect(text).toMatch(/^wasm error +open +none +worker +10 +never$/m);
    expect(text).toMatch(/^lua memory +none +0 {2}\+256 {2}at once$/m);
  });
});
