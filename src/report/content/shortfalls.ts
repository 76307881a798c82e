import type { Run, Shortfall } from '../../results/schema/index.js';
import { absent, us } from '../format/number.js';

/** An arm whose interval is wider than was asked for, as text. */
export interface ShortfallRow {
  readonly arm: string;
  readonly cells: readonly string[];
}

/** The columns of the table, after the arm. */
export const shortfallColumns = [
  'Half-width, µs',
  'Asked for, µs',
  'Restarts',
  'Restarts that would do',
] as const;

/** Every arm that fell short of the precision, the farthest first. */
export function shortfallsOf(run: Run): ShortfallRow[] {
  return run.warnings.flatMap(({ shortfalls = [] }) => shortfalls).map(rowOf);
}

function rowOf({ arm, halfWidthUs, targetUs, restarts, restartsNeeded }: Shortfall): ShortfallRow {
  const width = halfWidthUs === null ? absent : us(halfWidthUs);
  return {
    arm,
    cells: [width, us(targetUs), String(restarts), restartsNeeded?.toLocaleString('en-US') ?? absent],
  };
}
