import { requiredRestarts } from '../../stats/required-restarts.js';
import {
  type ArmIdentity,
  type ArmResult,
  type Estimate,
  isReference,
  type PlanSummary,
  type Shortfall,
} from '../schema/index.js';

// Overheads of external servers are tens of µs: held to µs alone they would decide how long everything takes.
const externalShare = 0.05;

/** What the precision of an arm is judged by. */
export interface CostOfArm {
  readonly arm: ArmIdentity;
  /** Total CPU over the baseline; null where no restart gave any. */
  readonly overheadUs: Estimate | null;
  /** Total CPU of the arm itself, in µs per request. */
  readonly ownUs: number | null;
}

/** The costs of those arms of a run that a precision is asked of: A/A pairs, too, for what they differ by is the noise floor. */
export function costsOf(arms: readonly ArmResult[]): CostOfArm[] {
  return arms
    .filter((arm) => arm.status === 'valid' && !isReference(arm))
    .map((arm) => ({
      arm,
      overheadUs: arm.overhead?.totalCpuUs ?? null,
      ownUs: arm.cpu?.totalUs.estimate ?? null,
    }));
}

/**
 * The arms whose intervals are wider than the plan asks for, the farthest first; none where it asks for no precision. A half-width
 * may be the precision, or the plan's share of what a request costs the arm itself; in external arms also 5 % of what they add.
 */
export function shortfallsOf(
  costs: readonly CostOfArm[],
  plan: Pick<PlanSummary, 'precisionUs' | 'precisionShare' | 'confidence'>,
): Shortfall[] {
  const { precisionUs, precisionShare = 0, confidence } = plan;
  if (precisionUs === null) return [];
  return costs
    .flatMap(({ arm, overheadUs, ownUs }): Shortfall[] => {
      const external = arm.class === 'external' ? externalShare * Math.abs(overheadUs?.estimate ?? 0) : 0;
      const targetUs = Math.max(precisionUs, precisionShare * (ownUs ?? 0), external);
      const halfWidthUs = overheadUs && halfWidth(overheadUs);
      if (halfWidthUs !== null && halfWidthUs <= targetUs) return [];
      const needed =
        halfWidthUs === null ? null : requiredRestarts(overheadUs?.perRestart ?? [], targetUs, confidence);
      return [
        {
          arm: arm.id,
          halfWidthUs,
          targetUs,
          restarts: overheadUs?.restarts ?? 0,
          restartsNeeded: needed !== null && Number.isFinite(needed) ? needed : null,
        },
      ];
    })
    .toSorted((a, b) => farness(b) - farness(a));
}

/** `±1 µs or 3 % of the own cost`. */
export function precisionText({
  precisionUs,
  precisionShare,
}: Pick<PlanSummary, 'precisionUs' | 'precisionShare'>): string {
  const share = precisionShare === undefined ? '' : ` or ${precisionShare * 100} % of the own cost`;
  return `±${precisionUs} µs${share}`;
}

/** How many times too wide an interval is. */
export function farness({ halfWidthUs, targetUs }: Shortfall): number {
  return halfWidthUs === null ? Number.POSITIVE_INFINITY : halfWidthUs / targetUs;
}

/** In µs; null where there is no interval. */
export function halfWidth({ low, high }: Estimate): number | null {
  return low === null || high === null ? null : (high - low) / 2;
}
