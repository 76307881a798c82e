import type { EvidenceOf, FaultTally } from '../../src/results/schema/index.js';

type FaultEvidence = EvidenceOf<'fault'>;

/** Requests that went alike after a fault, made up. */
export function tally(about: Partial<FaultTally> = {}): FaultTally {
  const got = about.effect === 'failed' ? '503' : '200';
  return {
    listener: 'filter',
    worker: 0,
    effect: 'right',
    got,
    requests: 10,
    firstMs: 0,
    lastMs: 6_000,
    slowestMs: 5,
    ...about,
  };
}

const allRight = [
  tally({ worker: 0 }),
  tally({ worker: 1 }),
  tally({ listener: 'neighbour', worker: 0 }),
  tally({ listener: 'neighbour', worker: 1 }),
];

/** A fault that nobody noticed, with what a test changes. */
export function faultEvidence(about: Partial<FaultEvidence> = {}): FaultEvidence {
  return {
    schema: 'filterbench/evidence@1',
    kind: 'fault',
    arm: 'faults/lua:error@1.40.0',
    restart: null,
    passed: true,
    problem: null,
    mechanism: 'lua',
    variant: 'lua',
    fault: 'error',
    policy: null,
    envoy: '1.40.0',
    envoySha256: 'e'.repeat(64),
    load: {
      rps: 100,
      workers: 2,
      filterConnections: 6,
      neighbourConnections: 2,
      timeoutMs: 2_000,
      watchedMs: 6_000,
      latestMs: 1,
    },
    requests: [
      { headers: { 'x-fault': 'error' }, worker: 0, atMs: 0, effect: 'right', got: '200', tookMs: 2 },
    ],
    liftedMs: null,
    before: allRight.map((one) => ({ ...one, firstMs: -1_000, lastMs: -10 })),
    after: allRight,
    fresh: [
      { listener: 'filter', tried: 16, right: 16, unfiltered: 0 },
      { listener: 'neighbour', tried: 16, right: 16, unfiltered: 0 },
    ],
    diedMs: null,
    exit: { code: 0, signal: null },
    endedBy: 'told',
    memory: { beforeMiB: 20, peakMiB: 20, afterMiB: 20, headroomMiB: null },
    stats: {},
    config: '',
    log: '',
    ...about,
  };
}

/** The same with harm to other clients added. */
export function harmed(...harm: Partial<FaultTally>[]): FaultEvidence {
  return faultEvidence({ after: [...allRight, ...harm.map(tally)] });
}
