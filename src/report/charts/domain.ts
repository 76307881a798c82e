import { dataNumber } from '../format/number.js';

/** A scale that holds all the values and zero, with a little air. */
export function domainOf(values: readonly number[]): readonly [number, number] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const air = (high - low || 1) * 0.03;
  return [low < 0 ? dataNumber(low - air) : 0, dataNumber(high + air)];
}
