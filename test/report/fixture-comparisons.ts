import type { ArmResult, Comparison } from '../../src/results/schema/index.js';
import type { Estimator } from './fixture-estimates.js';
import { envoy } from './fixture-truths.js';

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
