import { median } from 'simple-statistics';

/**
 * A step must be so many times as large as the line usually moves: of normal moves one in 370 is. Our choice, as is that five other
 * steps are needed to know what is usual: the median of fewer says little.
 */
export const leastMoves = 3;
const leastOthers = 5;

// The median of |x| of a normal x is 0.6745 standard deviations (Hampel 1974).
const sdOfMedian = 1 / 0.6745;

/**
 * How far a line moves from one run to the next when nothing happens: the standard deviation of its other steps, from their median size,
 * which a few true steps do not move. Two runs alone never tell it, for what differs between days is in neither's restarts.
 * @param changes of all steps of a line, each 0 where nothing changed
 * @param index the step that is asked about, and not counted
 * @returns null with too few others.
 */
export function usualMove(changes: readonly number[], index: number): number | null {
  return sdOf(changes.filter((_, other) => other !== index));
}

/**
 * How far a line moves about its own trend: what a slow creep, which makes every step larger, must be held against.
 * @returns null with too few steps.
 */
export function usualMoveAboutTrend(changes: readonly number[]): number | null {
  if (changes.length < leastOthers) return null;
  const trend = median([...changes]);
  return sdOf(changes.map((change) => change - trend));
}

function sdOf(moves: readonly number[]): number | null {
  return moves.length < leastOthers ? null : median(moves.map(Math.abs)) * sdOfMedian;
}
