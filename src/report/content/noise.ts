import { floorOfArm } from '../../results/analyse/index.js';
import type { ArmResult, Run } from '../../results/schema/index.js';
import type { MeasuredArm } from './panels.js';

/** What must be known of an arm to find its noise floor. */
export type HeldArm = Pick<ArmResult, 'class' | 'scenario'>;

/** Which number of an arm is asked about. */
export type NoiseMetric = 'totalCpuUs' | 'p50Us' | 'throughputRatio';

/** How far from "no difference" identical arms came in this run; null where that was not measured. */
export function noiseOf(run: Run, arm: HeldArm, metric: NoiseMetric): number | null {
  const floor = floorOfArm(run, arm);
  if (floor === null) return null;
  return metric === 'totalCpuUs' ? floor.cpuUs : floor[metric];
}

/** True where the number is no further from "no difference" than identical arms were from each other. */
export function withinNoise(
  run: Run,
  arm: HeldArm & Pick<MeasuredArm, 'overhead'>,
  metric: NoiseMetric,
): boolean {
  const noise = noiseOf(run, arm, metric);
  const value = arm.overhead[metric]?.estimate;
  if (noise === null || value === undefined) return false;
  return Math.abs(metric === 'throughputRatio' ? value - 1 : value) <= noise;
}
