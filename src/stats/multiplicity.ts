import { mean, sampleStandardDeviation } from 'simple-statistics';
import { twoSidedTail } from './t-distribution.js';

/**
 * The two-sided p of Student's one-sample t test on paired values, one a restart.
 * @param nullMean the mean under the hypothesis that is tested
 * @returns null with fewer than two values.
 */
export function pairedP(values: readonly number[], nullMean = 0): number | null {
  if (values.length < 2) return null;
  const list = [...values];
  const distance = mean(list) - nullMean;
  const standardError = sampleStandardDeviation(list) / Math.sqrt(list.length);
  // Without any spread a difference of nothing is no evidence, and any other is certain.
  if (standardError === 0) return distance === 0 ? 1 : 0;
  return twoSidedTail(distance / standardError, list.length - 1);
}

/**
 * Holm's step-down adjustment (Holm 1979, "A simple sequentially rejective multiple test procedure"): those at or under alpha
 * may be called different, and the chance of even one false call in the family stays under alpha, however they depend.
 * @param pValues in any order; a null (no test was possible) stays null and does not count in the family
 * @returns adjusted p values in the same order.
 * @throws RangeError where a p value is not from 0 to 1.
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const family = pValues.flatMap((p, index) => (p === null ? [] : [{ p, index }]));
  if (family.some(({ p }) => !(p >= 0 && p <= 1))) throw new RangeError('a p value lies from 0 to 1');
  const adjusted: (number | null)[] = pValues.map(() => null);
  let largest = 0;
  for (const [rank, { p, index }] of family.sort((a, b) => a.p - b.p).entries()) {
    // Never less than the one before it: the procedure stops at the first that fails.
    largest = Math.max(largest, Math.min(1, p * (family.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}

/**
 * The confidence of each of several intervals that together hold their truths with the wanted one (Bonferroni; Dunn 1961).
 * @param familySize how many intervals are read together, at least 1
 */
export function simultaneousConfidence(confidence: number, familySize: number): number {
  return 1 - (1 - confidence) / Math.max(1, familySize);
}
