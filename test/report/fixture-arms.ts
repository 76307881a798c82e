import type {
  ArmResult,
  Comparison,
  Estimate,
  Load,
  OpenLoopResult,
} from '../../src/results/schema/index.js';
import { distributionsOf } from './fixture-distributions.js';

const closed: Load = { loop: 'closed', connections: 16, workers: 1 };
const unloaded: Load = { loop: 'closed', connections: 1, workers: 1 };
export const scenarioNames = ['noop', 'headers', 'access'] as const;
export const envoy = '1.40.0';

/** What one variant is made to cost. */
export interface Truth {
  readonly mechanism: string;
  readonly variant: string;
  readonly class: ArmResult['class'];
  /** Envoy's µs in noop, headers, access; then the server's, or null. */
  readonly envoyUs: readonly [number, number, number];
  readonly serverUs: number | null;
  readonly p50Us: number;
  readonly spread: number;
}

export const inProcessTruth = (
  mechanism: string,
  variant: string,
  envoyUs: Truth['envoyUs'],
  p50Us: number,
  spread = 0.7,
): Truth => ({ mechanism, variant, class: 'in-process', envoyUs, serverUs: null, p50Us, spread });

export const externalTruth = (variant: string, base: number, serverUs: number, p50Us: number): Truth => ({
  mechanism: variant.slice(0, variant.indexOf('/')),
  variant,
  class: 'external',
  envoyUs: [base, base * 1.05, base * 1.03],
  serverUs,
  p50Us,
  spread: 2.6,
});

const truths: readonly Truth[] = [
  inProcessTruth('cpp', 'cpp', [0.21, 1.32, 1.74], 1.9),
  inProcessTruth('lua', 'lua', [2.12, 4.41, 6.35], 5.2),
  inProcessTruth('wasm', 'wasm/rust', [2.95, 7.62, 8.93], 9.4, 1.6),
  inProcessTruth('dynamic-module', 'dynamic-module/rust', [0.34, 1.48, 1.69], 2.2),
  externalTruth('ext-proc/rust', 58.1, 31.4, 118),
  externalTruth('ext-proc/rust-uds', 47.2, 26.8, 96.5),
  externalTruth('ext-authz/rust-grpc', 41.6, 22.9, 84.1),
  externalTruth('ext-authz/rust-grpc-uds', 34.7, 19.3, 71.8),
  externalTruth('ext-authz/rust-http', 49.9, 17.2, 88.6),
];

const baselineUs = 33.8;
const baselineP50Us = 41.3;
const baselineRps = 28_740;

/** Numbers in [-1, 1] that are the same on every machine. */
export function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

export function estimator(restarts: number, intervals: boolean, random: () => number) {
  return (mean: number, spread: number, load: Load = closed): Estimate => {
    const perRestart = Array.from({ length: restarts }, () => mean + spread * (random() + random()));
    const estimate = perRestart.reduce((sum, value) => sum + value, 0) / restarts;
    const variance =
      perRestart.reduce((sum, value) => sum + (value - estimate) ** 2, 0) / Math.max(1, restarts - 1);
    const half = 2.2 * Math.sqrt(variance / restarts);
    return {
      estimate,
      low: intervals ? estimate - half : null,
      high: intervals ? estimate + half : null,
      median: perRestart.toSorted((a, b) => a - b)[Math.floor(restarts / 2)]!,
      confidence: 0.95,
      restarts,
      slices: restarts * 16,
      load,
      perRestart,
    };
  };
}
type Estimator = ReturnType<typeof estimator>;

function identity(truth: Pick<Truth, 'mechanism' | 'variant' | 'class'>, scenario: string, twin = false) {
  const id = `${truth.variant}@${scenario}@${envoy}`;
  return {
    id: twin ? `${id}#twin` : id,
    mechanism: truth.mechanism,
    variant: truth.variant,
    class: truth.class,
    scenario,
    envoy,
    runtime: 'native' as const,
    twinOf: twin ? id : null,
  };
}

function openLoopAt(rps: number, truth: Truth, isBaseline: boolean, est: Estimator): OpenLoopResult {
  const load: Load = { loop: 'open', rps, workers: 1 };
  const achievedRps = est(rps, 10, load);
  // The dearest arm misses the higher rate: a report must say so.
  if (rps === 2_000 && (truth.serverUs ?? 0) > 30) {
    const reason = '12.0 % of what was due piled up within the slices';
    const none = { p50Us: null, p90Us: null, p99Us: null, p999Us: null, totalCpuUs: null, overhead: null };
    return { rps, achievedRps, sustained: false, reason, ...none };
  }
  const extraUs = truth.p50Us;
  return {
    rps,
    achievedRps,
    sustained: true,
    reason: null,
    p50Us: est(90 + extraUs, 1, load),
    p90Us: est(120 + extraUs, 2, load),
    p99Us: rps === 1_000 ? null : est(260 + extraUs, 12, load),
    p999Us: null,
    totalCpuUs: est(60 + extraUs, 2, load),
    overhead: isBaseline ? null : { totalCpuUs: est(extraUs, 2, load), p50Us: est(extraUs, 1, load) },
  };
}

export function measured(
  truth: Truth,
  scenario: string,
  index: number,
  est: Estimator,
  twin = false,
): ArmResult {
  const envoyUs = truth.envoyUs[index]!;
  const totalUs = envoyUs + (truth.serverUs ?? 0);
  const share = baselineUs / (baselineUs + totalUs);
  const isBaseline = truth.class === 'baseline';
  const cpuUs = est(envoyUs, truth.spread);
  const serverUs = truth.serverUs === null ? null : est(truth.serverUs, truth.spread / 2);
  const isShown = cpuUs.low !== null;
  const memoryMiB = 61.4 + index + (truth.serverUs === null ? 0 : 6.2);
  const arm: ArmResult = {
    ...identity(truth, scenario, twin),
    status: 'valid',
    reason: null,
    requests: 1_234_567,
    bad: 0,
    cpu: {
      envoyUs: est(baselineUs + envoyUs, truth.spread),
      serverUs,
      totalUs: est(baselineUs + totalUs, truth.spread),
    },
    capacity: {
      rps: est(baselineRps * share, 400),
      generatorLimitedSlices: isBaseline ? 7 : 0,
      slices: 192,
    },
    latency: {
      unloaded: {
        p50Us: est(baselineP50Us + truth.p50Us, 1, unloaded),
        p90Us: est((baselineP50Us + truth.p50Us) * 1.2, 1, unloaded),
        p99Us: est((baselineP50Us + truth.p50Us) * 1.7, 2, unloaded),
      },
      openLoop: [1_000, 2_000].map((rps) => openLoopAt(rps, truth, isBaseline && !twin, est)),
    },
    overhead:
      isBaseline && !twin
        ? null
        : {
            cpuUs,
            totalCpuUs: serverUs === null ? cpuUs : est(cpuUs.estimate + serverUs.estimate, truth.spread),
            p50Us: est(truth.p50Us, truth.spread, unloaded),
            throughputRatio: est(share, 0.012),
          },
    memory: {
      pssMiB: 61.4 + index,
      serverPssMiB: truth.serverUs === null ? null : 6.2,
      total: {
        estimate: memoryMiB,
        low: isShown ? memoryMiB - 0.4 : null,
        high: isShown ? memoryMiB + 0.4 : null,
        confidence: 0.95,
        perRestart: [memoryMiB, memoryMiB],
      },
    },
    startMs: 112 + index * 4,
    steadyState: {
      outcome: truth.variant === 'lua' ? 'no steady state' : 'flat',
      steadyFrom: truth.variant === 'lua' ? null : 0,
    },
    outliers: { slices: 192, outliers: 9, byCause: { 'waited-for-cpu': 5, unexplained: 4 } },
  };
  const sustained = arm.latency?.openLoop.filter((rate) => rate.sustained) ?? [];
  const distributions = distributionsOf(baselineP50Us + truth.p50Us, sustained, isShown);
  return { ...arm, latency: arm.latency && { ...arm.latency, distributions } };
}

export function unmeasured(
  truth: Truth,
  scenario: string,
  status: 'invalid' | 'unsupported' | 'unavailable',
  reason: string,
): ArmResult {
  return {
    ...identity(truth, scenario),
    status,
    reason,
    requests: 0,
    bad: 0,
    cpu: null,
    capacity: null,
    latency: null,
    overhead: null,
    memory: null,
    startMs: null,
    steadyState: null,
    outliers: null,
  };
}

const baseline: Truth = {
  mechanism: 'baseline',
  variant: 'baseline',
  class: 'baseline',
  envoyUs: [0, 0, 0],
  serverUs: null,
  p50Us: 0,
  spread: 0.4,
};

/** The invalid arm carries numbers, so that tests see whether they leak. */
export const leakedNumber = 987_654;

export function armsOf(scenario: string, index: number, est: Estimator): ArmResult[] {
  const arms = truths.map((truth): ArmResult => {
    if (truth.variant === 'lua' && scenario === 'access') {
      const arm = measured(truth, scenario, index, est);
      const leak = { ...arm.cpu!.totalUs, estimate: leakedNumber };
      return {
        ...arm,
        status: 'invalid',
        reason:
          'proof "no key is refused" failed before load: expected 403, got 200 <body> from http://echo | x',
        bad: 12,
        cpu: { ...arm.cpu!, totalUs: leak },
        overhead: { ...arm.overhead!, totalCpuUs: leak, throughputRatio: leak, p50Us: leak },
      };
    }
    if (truth.variant === 'ext-authz/rust-http' && scenario === 'headers') {
      return unmeasured(
        truth,
        scenario,
        'unsupported',
        'ext_authz over HTTP cannot change a response header',
      );
    }
    return measured(truth, scenario, index, est);
  });
  return [
    measured(baseline, scenario, index, est),
    ...arms,
    measured(baseline, scenario, index, est, true),
    measured(truths[3]!, scenario, index, est, true),
    measured(truths[4]!, scenario, index, est, true),
  ];
}

function compare(a: ArmResult, b: ArmResult, est: Estimator): Comparison {
  const difference = a.overhead!.totalCpuUs.estimate - b.overhead!.totalCpuUs.estimate;
  const totalCpuUs = est(difference, 0.9);
  return {
    scenario: a.scenario,
    envoy,
    a: a.id,
    b: b.id,
    totalCpuUs,
    throughputRatio: est(1, 0.02),
    pAdjusted: Math.abs(difference) > 1.6 ? 0.001 : 0.6,
    distinguishable: Math.abs(difference) > 1.6,
    equivalent: Math.abs(difference) < 0.3,
    nearUs: 2,
  };
}

export function comparisonsOf(arms: readonly ArmResult[], est: Estimator): Comparison[] {
  const own = arms.filter((arm) => arm.status === 'valid' && arm.overhead !== null && arm.twinOf === null);
  return own.flatMap((a, index) =>
    own
      .slice(index + 1)
      .filter((b) => b.scenario === a.scenario)
      .map((b) => compare(a, b, est)),
  );
}
