import type { Run, Slope } from '../../results/schema/index.js';
import { noiseOf } from './noise.js';
import type { RungPoint } from './slopes.js';

/** A line that is off by no more than this share of the overhead is good enough to reckon with. */
const closeShare = 0.1;

/**
 * The rungs that the line misses: surely, and by more than the noise and a tenth of the overhead. There the cost does not grow in a
 * straight line, which r² does not show, for the largest rung decides it. None with two rungs or without intervals: nothing can be told.
 */
export function missedBy(run: Run, { residuals }: Slope, points: readonly RungPoint[]): RungPoint[] {
  if (!run.plan.intervals) return [];
  return points.filter(({ rung, arm }) => {
    const residual = residuals.find((each) => each.rung === rung.value);
    if (residual === undefined || residual.low === null || residual.high === null) return false;
    const isSure = residual.low > 0 || residual.high < 0;
    const noise = noiseOf(run, arm, 'totalCpuUs') ?? 0;
    const close = closeShare * Math.abs(arm.overhead.totalCpuUs.estimate);
    return isSure && Math.abs(residual.us) > Math.max(noise, close);
  });
}
