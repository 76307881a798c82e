import { mean, median, sampleStandardDeviation } from 'simple-statistics';
import { twoSidedT } from './t-distribution.js';

/** A mean over restarts with its two-sided interval; the ends are null with fewer than two values. */
export interface MeanInterval {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly median: number;
}

/**
 * Student's t interval of the mean (Student 1908): values are one a restart, the only independent units here.
 * @param confidence such as 0.95
 * @throws RangeError where there is no value.
 */
export function tInterval(values: readonly number[], confidence: number): MeanInterval {
  if (values.length === 0) throw new RangeError('an interval needs at least one value');
  const list = [...values];
  const estimate = mean(list);
  const halfWidth = tHalfWidth(list, confidence);
  return {
    estimate,
    low: halfWidth === null ? null : estimate - halfWidth,
    high: halfWidth === null ? null : estimate + halfWidth,
    median: median(list),
  };
}

function tHalfWidth(values: number[], confidence: number): number | null {
  if (values.length < 2) return null;
  return (
    (twoSidedT(confidence, values.length - 1) * sampleStandardDeviation(values)) / Math.sqrt(values.length)
  );
}
