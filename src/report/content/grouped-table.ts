import type { TintName } from '../tints.js';

/** One thing that is said in a row. */
export interface GroupedCell {
  readonly text: string;
  /** What stands under it, smaller; may be empty. */
  readonly detail: string;
  /** What a pointer on it tells; may be empty. */
  readonly hint: string;
  readonly tint: TintName | null;
  /** The number of the note that belongs to it, from 1. */
  readonly note: number | null;
}

/** A row: its name, then a cell for each further column. */
export interface GroupedRow {
  readonly name: string;
  readonly detail: string;
  /** The mechanism whose colour it has; null where the group has it, or there is none. */
  readonly mechanism: string | null;
  readonly cells: readonly GroupedCell[];
}

/** Rows under one head. */
export interface RowGroup {
  /** Empty where the rows need no head. */
  readonly title: string;
  readonly mechanism: string | null;
  readonly rows: readonly GroupedRow[];
}

/** A column: a short word, a number, or text that may be long. */
export interface GroupedColumn {
  readonly title: string;
  readonly kind: 'word' | 'number' | 'text';
}

/** A table of words and numbers in groups; the first column holds the names. */
export interface GroupedTable {
  readonly columns: readonly GroupedColumn[];
  readonly groups: readonly RowGroup[];
}

/** A cell of text alone, with what a caller adds. */
export function cell(text: string, more: Partial<GroupedCell> = {}): GroupedCell {
  return { text, detail: '', hint: '', tint: null, note: null, ...more };
}

/** Items by a key, each group at the place of its first. */
export function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): [key: string, items: T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
}
