import jstat from 'jstat';

/**
 * Student's t quantile for a two-sided interval (Student 1908): 2.201 at 0.95 with 11 degrees of freedom.
 * @param confidence such as 0.95
 * @param degreesOfFreedom values less one
 */
export function twoSidedT(confidence: number, degreesOfFreedom: number): number {
  return jstat.jStat.studentt.inv(1 - (1 - confidence) / 2, degreesOfFreedom);
}

/**
 * The share of Student's t distribution that lies at least as far from 0 as t, on both sides.
 * By the incomplete beta function (Abramowitz & Stegun 1964, 26.5.27), which keeps small shares exact where 1 − cdf gives 0.
 */
export function twoSidedTail(t: number, degreesOfFreedom: number): number {
  if (t === 0) return 1;
  if (!Number.isFinite(t)) return 0;
  return jstat.jStat.ibeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);
}
