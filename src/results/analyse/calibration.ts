import { sum } from 'simple-statistics';
import { linearity } from '../../stats/linearity.js';
import {
  type ArmResult,
  type CalibrationPoint,
  type CalibrationSeries,
  type Estimate,
  type Evidence,
  type Injection,
  injectionSchema,
} from '../schema/index.js';
import { costDifference, type EstimateOptions, percentileDifference } from './estimates.js';
import type { SampleIndex } from './group.js';
import { pooledPercentileDifference } from './pooled.js';

type InjectedArm = ArmResult & { readonly injection: Injection };

/** What was injected, and what came back: null where the run injects nothing. */
export function calibrationOf(
  arms: readonly ArmResult[],
  index: SampleIndex,
  evidence: readonly Evidence[],
  options: EstimateOptions,
): CalibrationSeries[] | null {
  const injected = arms.filter((arm): arm is InjectedArm => arm.injection !== undefined);
  if (injected.length === 0) return null;
  return [...new Set(injected.map(seriesOf))].map((name): CalibrationSeries => {
    const series = injected.filter((arm) => seriesOf(arm) === name && arm.status === 'valid');
    const points = series.flatMap((arm) => {
      const zero = series.find(({ injection }) => isZeroOf(injection, arm.injection));
      return zero && zero !== arm ? [pointOf(arm, zero, index, evidence, options)] : [];
    });
    const [variant = name, kind] = name.split(' ');
    const known = points.flatMap(({ injection, truthUs, cpuUs }) =>
      cpuUs ? [{ x: truthUs ?? injection.amount, y: cpuUs.estimate }] : [],
    );
    return {
      variant,
      kind: injectionSchema.shape.kind.parse(kind),
      points,
      line: known.length < 3 ? null : lineOf(known),
    };
  });
}

function isZeroOf({ amount, heldUs }: Injection, injection: Injection): boolean {
  return amount === 0 && heldUs === injection.heldUs;
}

// The id of an injected variant is that of the variant itself with the injection behind it.
function seriesOf({ variant, injection }: InjectedArm): string {
  return `${variant.slice(0, variant.lastIndexOf('/'))} ${injection.kind}`;
}

function pointOf(
  arm: InjectedArm,
  zero: InjectedArm,
  index: SampleIndex,
  evidence: readonly Evidence[],
  options: EstimateOptions,
): CalibrationPoint {
  const paired = (condition: 'capacity' | 'unloaded') => ({
    arm: index.of(arm.id, condition),
    other: index.of(zero.id, condition),
    within: 'round' as const,
  });
  const { injection } = arm;
  const [own, none] = [burnedUs(arm, evidence), burnedUs(zero, evidence)];
  const truthUs = own === null || none === null ? null : own - none;
  // The part that does the work: the other one pays for how the load changes with it.
  const cpuUs = costDifference(paired('capacity'), arm.class === 'external' ? 'server' : 'envoy', options);
  // A slice of long sleeps has too few requests for a median of its own.
  const p50Us =
    percentileDifference(paired('unloaded'), 50, options) ??
    pooledPercentileDifference(paired('unloaded'), 50, options);
  const judged = { cpu: cpuUs, sleep: p50Us, 'cpu-alone': null, loops: null }[injection.kind];
  return {
    arm: arm.id,
    injection,
    truthUs,
    cpuUs,
    p50Us,
    covered: covers(judged, truthUs),
  };
}

/** What a filter added up itself, per call, over all restarts; null where it has no clock. */
function burnedUs({ id }: ArmResult, evidence: readonly Evidence[]): number | null {
  const counters = evidence.flatMap((item) =>
    item.kind === 'counters' && item.arm === id && item.passed ? [item.counters] : [],
  );
  const total = (name: string) =>
    sum(counters.map((one) => one[`calibration.${name}`] ?? one[`ext_server.${name}`] ?? 0));
  const burns = total('burns');
  return burns === 0 ? null : total('burnedNs') / burns / 1_000;
}

function covers(estimate: Estimate | null, truthUs: number | null): boolean | null {
  if (estimate === null || estimate.low === null || estimate.high === null || truthUs === null) return null;
  return estimate.low <= truthUs && truthUs <= estimate.high;
}

function lineOf(points: readonly { x: number; y: number }[]): CalibrationSeries['line'] {
  const { slope, intercept, rSquared } = linearity(points);
  return { slope, interceptUs: intercept, r2: rSquared ?? 1 };
}
