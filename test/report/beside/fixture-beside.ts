import type { Beside } from '../../../src/report/index.js';
import type { Evidence } from '../../../src/results/schema/index.js';
import { madeUpProbe, madeUpSwap } from '../../probes/made-up.js';
import { faultEvidence, harmed, tally } from '../../support/fault-evidence.js';
import { fixtureCompat } from '../compat/fixture-compat.js';

const wasm = { mechanism: 'wasm', variant: 'wasm/c', fault: 'trap' } as const;
const outside = { mechanism: 'ext-authz', variant: 'ext-authz/rust-grpc', fault: 'killed' } as const;
const everyWorker = (effect: 'failed' | 'unfiltered') =>
  [0, 1].map((worker) => tally({ effect, worker, lastMs: 2_600 }));

/** Faults of every radius, in the order in which they are injected. */
export const faultLines: readonly Evidence[] = [
  {
    ...harmed({ effect: 'failed', worker: 1, slowestMs: 3_000 }),
    fault: 'loop',
    fresh: [{ listener: 'neighbour', tried: 16, right: 8, unfiltered: 0 }],
  },
  faultEvidence({
    fault: 'memory',
    memory: { beforeMiB: 20, peakMiB: 300, afterMiB: 276, headroomMiB: null },
  }),
  faultEvidence({
    ...{ mechanism: 'cpp', variant: 'cpp', fault: 'segv', fresh: [], diedMs: 30, endedBy: 'itself' },
    exit: { code: null, signal: 'SIGSEGV' },
  }),
  { ...harmed({ effect: 'failed', lastMs: 1_300 }), ...wasm, policy: 'FAIL_CLOSED' },
  { ...harmed({ effect: 'unfiltered' }), ...wasm, policy: 'FAIL_OPEN' },
  { ...harmed(...everyWorker('failed')), ...outside, liftedMs: 2_500, policy: 'failure_mode_allow: false' },
  {
    ...harmed(...everyWorker('unfiltered')),
    ...outside,
    liftedMs: 2_500,
    policy: 'failure_mode_allow: true',
  },
  faultEvidence({ fault: 'exhaust', passed: false, problem: 'it was ill before' }),
];

/** A yes, a no with Envoy's words, and one that could not be asked. */
export const probeLines: readonly Evidence[] = [
  madeUpProbe({ facts: { works: true, othersAnsweredMeanwhile: 20, none: null } }),
  madeUpProbe({ probe: 'lua/file', facts: { works: false }, words: 'no such <file>' }),
  madeUpProbe({ probe: 'ext-proc/http-headers', passed: false, problem: 'no port is free', facts: {} }),
];

export const swapLines: readonly Evidence[] = [
  madeUpSwap(),
  madeUpSwap(
    { firstNewMs: null, lost: 2, wrong: 1 },
    { probe: 'swap/dynamic-module/code', way: 'same-path' },
  ),
];

/** All that a folder can hold besides numbers. */
export function fixtureBeside(): Beside {
  return { matrix: fixtureCompat(), evidence: [...faultLines, ...probeLines, ...swapLines] };
}
