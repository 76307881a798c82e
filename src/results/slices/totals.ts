import type { Cell } from './cells.js';

/** What the slices of some cells come to. */
export interface Totals {
  readonly slices: number;
  readonly served: number;
  readonly bad: number;
  /** What was wrong first; null where nothing was. */
  readonly badExample: string | null;
}

/** Adds up some cells. */
export function totalsOf(cells: Iterable<Cell>): Totals {
  let [slices, served, bad] = [0, 0, 0];
  let first: Cell['badExample'] = null;
  for (const cell of cells) {
    slices += cell.slices;
    served += cell.served;
    bad += cell.bad;
    if (cell.badExample !== null && cell.badExample.place < (first?.place ?? Number.POSITIVE_INFINITY))
      first = cell.badExample;
  }
  return { slices, served, bad, badExample: first?.text ?? null };
}
