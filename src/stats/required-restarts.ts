import { sampleStandardDeviation } from 'simple-statistics';
import { twoSidedT } from './t-distribution.js';

// More would not be run; it also ends the search where the precision is out of reach.
const mostRestarts = 1_000_000;

/**
 * How many restarts in all until the t interval is as narrow as asked, if the spread stays as seen so far: the smallest n ≥ 2
 * with t(n − 1)·s/√n ≤ precision (Stein 1945 uses such a first stage). It looks at widths only, never at where the mean lies,
 * so stopping by it does not favour a finding.
 * @param values one a restart, so far
 * @param precision the half width that is wanted, above 0, in the unit of the values
 * @returns null with fewer than two values; Infinity where a million would not do.
 * @throws RangeError where the precision is not above 0.
 */
export function requiredRestarts(
  values: readonly number[],
  precision: number,
  confidence: number,
): number | null {
  if (!(precision > 0)) throw new RangeError('the precision must be above 0');
  if (values.length < 2) return null;
  const spread = sampleStandardDeviation([...values]);
  const isEnough = (count: number) =>
    (twoSidedT(confidence, count - 1) * spread) / Math.sqrt(count) <= precision;
  if (isEnough(2)) return 2;
  let tooFew = 2;
  let enough = 4;
  while (!isEnough(enough)) {
    if (enough > mostRestarts) return Number.POSITIVE_INFINITY;
    tooFew = enough;
    enough *= 2;
  }
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
