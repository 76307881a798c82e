import type { Estimate, Run } from '../../results/schema/index.js';

/** Both ends of an estimate's interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The interval of an estimate; null where the profile shows none or there were too few restarts for one. */
export function intervalOf(run: Run, estimate: Estimate): Interval | null {
  if (!run.plan.intervals || estimate.low === null || estimate.high === null) return null;
  return { low: estimate.low, high: estimate.high };
}
