import { tInterval } from './interval.js';

/** Whether a mean lies within ±margin of nothing; the ends are null with fewer than two values. */
export interface Equivalence {
  readonly equivalent: boolean;
  readonly low: number | null;
  readonly high: number | null;
  readonly margin: number;
}

/**
 * Two one-sided tests (Schuirmann 1987) in the form of an interval: the mean is equivalent to 0 where the whole
 * (1 − 2·alpha) t interval lies within ±margin. Too few or too noisy values end in `equivalent: false`, never in a lucky yes.
 * @param values paired differences (or log-ratios), one a restart
 * @param margin what counts as no difference, in the unit of the values; stated before the data are seen
 * @throws RangeError where the margin is not above 0.
 */
export function equivalence(values: readonly number[], margin: number, alpha = 0.05): Equivalence {
  if (!(margin > 0)) throw new RangeError('the margin of an equivalence test must be above 0');
  const { low, high } = ends(values, 1 - 2 * alpha);
  const equivalent = low !== null && high !== null && low > -margin && high < margin;
  return { equivalent, low, high, margin };
}

/** Whether a mean is above a minimum effect; the bound is null with fewer than two values. */
export interface Superiority {
  readonly superior: boolean;
  readonly bound: number | null;
  readonly minimumEffect: number;
}

/**
 * The one-sided paired t test against a minimum effect: superior where the lower (1 − alpha) bound is above it.
 * For a direction that was foretold; turn the signs of the values to test for less.
 */
export function superiority(values: readonly number[], minimumEffect = 0, alpha = 0.05): Superiority {
  const bound = ends(values, 1 - 2 * alpha).low;
  return { superior: bound !== null && bound > minimumEffect, bound, minimumEffect };
}

/** What paired values say of a mean. */
export type Relation = 'less' | 'more' | 'equivalent' | 'undecided';

/** The margins of a three-way decision, in the unit of the values. */
export interface RelationRule {
  /** Within this of 0 is as good as none; above 0. */
  readonly nearMargin: number;
  /** A difference must exceed this to be called one; 0 for any. */
  readonly minimumEffect: number;
  /** Chance of a wrong call; by convention 0.05. */
  readonly alpha: number;
}

/**
 * Equivalent, less, more, or not decided, in this order:
 * 1. `equivalent` where the (1 − 2·alpha) interval lies within ±nearMargin, even when it leaves 0 out: a tiny difference
 *    that is certain is still one that does not matter;
 * 2. `more` or `less` where the (1 − alpha) interval lies beyond the minimum effect: nobody foretold the side, so each has alpha/2;
 * 3. else `undecided`, which says nothing about the mechanisms and asks for more restarts.
 */
export function relation(values: readonly number[], rule: RelationRule): Relation {
  if (equivalence(values, rule.nearMargin, rule.alpha).equivalent) return 'equivalent';
  const { low, high } = ends(values, 1 - rule.alpha);
  if (low !== null && low > rule.minimumEffect) return 'more';
  if (high !== null && high < -rule.minimumEffect) return 'less';
  return 'undecided';
}

function ends(values: readonly number[], confidence: number): { low: number | null; high: number | null } {
  return values.length < 2 ? { low: null, high: null } : tInterval(values, confidence);
}
