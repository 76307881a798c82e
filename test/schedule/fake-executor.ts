import { encodeAndDestroy, encodeHistogram, newHistogram, recordMs } from '../../src/load/histogram.js';
import type { AboveLimit, ArmIdentity, Arrivals, Evidence, Sample } from '../../src/results/schema/index.js';
import type { Executor, Layout, SliceSpec } from '../../src/schedule/executor.js';
import { seededRandom } from '../../src/schedule/random.js';

/** The truth of a fake arm: what a request costs, in µs of CPU. */
export interface Truth {
  readonly envoyUs: number;
  readonly serverUs?: number;
}

export interface FakeOptions {
  /** Truth by variant, the baseline's under `baseline`; or of each arm by itself. */
  readonly truth: Readonly<Record<string, Truth>> | ((arm: ArmIdentity) => Truth);
  readonly seed: number;
  /** How far an arm's cost moves between restarts (sd, µs): its incidental layout. */
  readonly restartSdUs?: number;
  /** How far it moves between slices. */
  readonly sliceSdUs?: number;
  /** Variants that fail their proof, with the problem. */
  readonly broken?: Readonly<Record<string, string>>;
  /** Response times in each slice's histogram; 400 where it is left away. */
  readonly answers?: number;
  readonly onSlice?: (spec: SliceSpec) => void;
  readonly onOpen?: (layout: Layout) => void;
  /** Whether no answer comes in a slice's window. */
  readonly isSilent?: (spec: SliceSpec) => boolean;
  /** What a request costs in a slice, in µs, in place of truth and the normal noise above; histograms are empty then. */
  readonly costUs?: (spec: SliceSpec, trueUs: number) => number;
  /** What each arm does with a body above the buffer limit; nothing is sent where it is left away. */
  readonly aboveLimit?: AboveLimit;
  /** Wrong answers of a slice. */
  readonly badOf?: (spec: SliceSpec) => number;
}

export interface FakeLog {
  readonly layouts: Layout[];
  readonly slices: SliceSpec[];
  /** Arms that were sent a body above the buffer limit. */
  readonly probed: string[];
  closed: number;
}

/** An executor of known truth: it answers in no time. */
export function fakeExecutor(options: FakeOptions): Executor & { log: FakeLog } {
  const log: FakeLog = { layouts: [], slices: [], probed: [], closed: 0 };
  const normal = gaussian(seededRandom(options.seed, 'fake'));
  return {
    log,
    async openRestart(layout) {
      log.layouts.push(layout);
      options.onOpen?.(layout);
      const arms = new Map(layout.arms.map((arm) => [arm.id, arm]));
      const shift = new Map(layout.arms.map(({ id }) => [id, normal() * (options.restartSdUs ?? 0)]));
      return {
        started: [],
        prove: async (id, phase) => {
          const proven = proof(arms.get(id)!, layout.restart, phase, options);
          return phase === 'after-load' ? [proven, counters(proven)] : [proven];
        },
        probeLimit: async (id) => {
          log.probed.push(id);
          return options.aboveLimit ? [limitEvidence(id, options.aboveLimit)] : [];
        },
        run: async (spec) => {
          log.slices.push(spec);
          options.onSlice?.(spec);
          return fakeSample(arms.get(spec.arm)!, spec, shift.get(spec.arm) ?? 0, normal, options);
        },
        async [Symbol.asyncDispose]() {
          log.closed += 1;
        },
      };
    },
  };
}

function proof(
  arm: ArmIdentity,
  restart: number,
  phase: 'before-load' | 'after-load',
  options: FakeOptions,
): Evidence {
  const problem = options.broken?.[arm.variant] ?? null;
  return {
    schema: 'filterbench/evidence@1',
    kind: 'proof',
    arm: arm.id,
    restart,
    phase,
    case: 'fake',
    route: 'probe',
    passed: problem === null,
    problem,
    request: null,
    observed: null,
  };
}

function limitEvidence(arm: string, aboveLimit: AboveLimit): Evidence {
  const about = {
    schema: 'filterbench/evidence@1',
    arm,
    restart: null,
    passed: true,
    problem: null,
  } as const;
  return { ...about, kind: 'above-limit', ...aboveLimit };
}

function counters({ arm, restart, passed, problem }: Evidence): Evidence {
  return {
    schema: 'filterbench/evidence@1',
    kind: 'counters',
    arm,
    restart,
    passed,
    problem,
    served: 1,
    aborted: 0,
    counters: {},
    pssMiB: null,
    serverPssMiB: null,
  };
}

function fakeSample(
  arm: ArmIdentity,
  spec: SliceSpec,
  shiftUs: number,
  normal: () => number,
  options: FakeOptions,
): Sample {
  const truth = typeof options.truth === 'function' ? options.truth(arm) : options.truth[arm.variant]!;
  const windowNs = spec.windowMs * 1e6;
  const envoyUs =
    options.costUs?.(spec, truth.envoyUs) ?? truth.envoyUs + shiftUs + normal() * (options.sliceSdUs ?? 0);
  const serverUs = truth.serverUs ?? 0;
  const requests = options.isSilent?.(spec) ? 0 : Math.round(windowNs / 1_000 / (envoyUs + serverUs));
  return {
    schema: 'filterbench/sample@1',
    arm: arm.id,
    restart: spec.restart,
    round: spec.round,
    block: spec.block,
    load: spec.load,
    purpose: spec.purpose,
    startNs: 0,
    windowNs,
    requests,
    bad: options.badOf?.(spec) ?? 0,
    badExample: options.badOf?.(spec) ? 'status 503' : null,
    served: requests + 16,
    aborted: 16,
    envoyNs: requests * envoyUs * 1_000,
    serverNs: truth.serverUs === undefined ? null : requests * truth.serverUs * 1_000,
    upstreamNs: null,
    envoyWaitNs: 0,
    serverWaitNs: truth.serverUs === undefined ? null : 0,
    envoySwitches: 0,
    othersNs: 0,
    stealNs: 0,
    generatorBusy: 0.5,
    workerBusy: 0.99,
    eventLoopDelayUs: 1_000,
    arrivals: spec.load.loop === 'open' ? allAnswered(requests) : null,
    histogram: options.costUs
      ? emptyHistogram
      : histogramAt((envoyUs + serverUs) / 1_000, options.answers ?? 400),
  };
}

function allAnswered(offered: number): Arrivals {
  const backlog = { backlogAtOpen: 0, backlogAtClose: 0 };
  return {
    offered,
    answered: offered,
    unanswered: 0,
    ...backlog,
    meanSendLagUs: 0,
    maxSendLagUs: 0,
    sendLagCount: 1,
  };
}

const emptyHistogram = encodeHistogram(newHistogram());

const encoded = new Map<string, string>();

// Most slices of an arm have one that another had already: encoding is what takes the time.
function histogramAt(ms: number, answers: number): string {
  const key = `${answers} ${Math.round(ms * 10_000)}`;
  const known = encoded.get(key);
  if (known !== undefined) return known;
  const histogram = newHistogram();
  for (let index = 0; index < answers; index += 1) recordMs(histogram, ms);
  const text = encodeAndDestroy(histogram);
  encoded.set(key, text);
  return text;
}

// Box and Muller 1958.
function gaussian(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
