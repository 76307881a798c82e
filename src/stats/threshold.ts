import { mean } from 'simple-statistics';
import { pairedP } from './multiplicity.js';

/** On which side of a line a mean lies, and how likely so much by chance; p is null with fewer than two values. */
export interface SideTest {
  /** Whether the mean is on the side that was foretold. */
  readonly holds: boolean;
  readonly p: number | null;
  /** How far the mean is from the line, in the unit of the values. */
  readonly distance: number;
}

/**
 * Whether a mean lies above a threshold or below it: both sides are findings, so p is two-sided and each has half of alpha.
 * @param values paired differences, one a restart, at least one
 */
export function aboveThreshold(values: readonly number[], threshold: number): SideTest {
  const middle = mean([...values]);
  return {
    holds: middle > threshold,
    p: pairedP(values, threshold),
    distance: Math.abs(middle - threshold),
  };
}

/**
 * Whether a mean lies within ±margin or beyond. Within: the larger p of two one-sided tests (Schuirmann 1987); beyond: the two-sided
 * one against the nearer end. So neither is the absence of the other.
 * @param values paired differences (or log-ratios), one a restart, at least one
 * @throws RangeError where the margin is not above 0.
 */
export function withinMargin(values: readonly number[], margin: number): SideTest {
  if (!(margin > 0)) throw new RangeError('the margin of an equivalence test must be above 0');
  const middle = mean([...values]);
  const holds = Math.abs(middle) < margin;
  const p = pairedP(values, middle < 0 ? -margin : margin);
  return {
    holds,
    // The tail beyond the nearer end alone.
    p: holds && p !== null ? p / 2 : p,
    distance: Math.abs(Math.abs(middle) - margin),
  };
}
