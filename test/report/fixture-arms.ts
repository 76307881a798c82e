import type { ArmResult, Load, OpenLoopResult } from '../../src/results/schema/index.js';
import { distributionsOf } from './fixture-distributions.js';
import type { Estimator } from './fixture-estimates.js';
import { baseline, envoy, type Truth, truths } from './fixture-truths.js';

const unloaded: Load = { loop: 'closed', connections: 1, workers: 1 };
const baselineUs = 33.8;
const baselineP50Us = 41.3;
const baselineRps = 28_740;

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
