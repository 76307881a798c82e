import { mean, sampleVariance } from 'simple-statistics';
import { twoSidedT, twoSidedTail } from './t-distribution.js';

/** How far two means are apart; interval, p and degrees of freedom are null where one side has fewer than two values. */
export interface MeanDifference {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Two-sided, of no difference. */
  readonly p: number | null;
  readonly degreesOfFreedom: number | null;
}

/**
 * Welch's t interval of mean(to) − mean(from) (Welch 1947; degrees of freedom by Satterthwaite 1946): for two runs that share nothing, so
 * that no value of one belongs to a value of the other, and that need not be equally noisy or equally long.
 * @param from values of the first run, one a restart
 * @param to values of the other
 * @param confidence such as 0.95
 * @throws RangeError where a side has no value.
 */
export function welch(from: readonly number[], to: readonly number[], confidence: number): MeanDifference {
  if (from.length === 0 || to.length === 0) throw new RangeError('a difference needs values on both sides');
  const estimate = mean([...to]) - mean([...from]);
  if (from.length < 2 || to.length < 2)
    return { estimate, low: null, high: null, p: null, degreesOfFreedom: null };
  const [ofFrom, ofTo] = [squaredError(from), squaredError(to)];
  const error = Math.sqrt(ofFrom + ofTo);
  // Without any spread a difference of nothing is no evidence, and any other is certain.
  if (error === 0) {
    const degreesOfFreedom = from.length + to.length - 2;
    return { estimate, low: estimate, high: estimate, p: estimate === 0 ? 1 : 0, degreesOfFreedom };
  }
  const degreesOfFreedom =
    (ofFrom + ofTo) ** 2 / (ofFrom ** 2 / (from.length - 1) + ofTo ** 2 / (to.length - 1));
  const halfWidth = twoSidedT(confidence, degreesOfFreedom) * error;
  return {
    estimate,
    low: estimate - halfWidth,
    high: estimate + halfWidth,
    p: twoSidedTail(estimate / error, degreesOfFreedom),
    degreesOfFreedom,
  };
}

function squaredError(values: readonly number[]): number {
  return sampleVariance([...values]) / values.length;
}
