import { mean } from 'simple-statistics';
import type { Effect, Estimate, Load } from '../../results/schema/index.js';

/** Two arms, or lines, held against each other restart by restart. */
export interface Paired {
  /** One a restart; logarithms for a ratio. */
  readonly values: readonly number[];
  /** How many restarts that rests on; left away where it is one value each. */
  readonly restarts?: number;
  readonly unit: Effect['unit'];
  readonly load: Load;
  /** False in smoke: nothing is judged. */
  readonly intervals: boolean;
  /** What identical arms of the run differ by, as `values` are; null where the run can't tell. */
  readonly noise: number | null;
}

/**
 * First minus second in each restart. Both begin with the same restarts: an arm that lacks one has failed and does not count, but for
 * the last restart of a run that was cut short.
 */
export function minus(first: Estimate, second: Estimate): number[] {
  const length = Math.min(first.perRestart.length, second.perRestart.length);
  return first.perRestart.slice(0, length).map((value, index) => value - (second.perRestart[index] ?? 0));
}

/**
 * The same of percentiles of pooled restarts: pseudo-values around the difference of the percentiles themselves (see `jackknife`). With
 * too few restarts for these it is that difference alone.
 */
export function pooledMinus(first: Estimate, second: Estimate | null): number[] {
  const values = second === null ? [...first.perRestart] : minus(first, second);
  const whole = first.estimate - (second?.estimate ?? 0);
  if (values.length === 0) return [whole];
  const shift = whole - mean(values);
  return values.map((value) => value + shift);
}

/** The same pair the other way round. */
export function turned(paired: Paired): Paired {
  return { ...paired, values: paired.values.map((value) => -value) };
}
