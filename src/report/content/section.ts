import type { TintName } from '../tints.js';
import type { GroupedTable } from './grouped-table.js';

/** A section of a report about something else than the run's numbers. */
export interface BesideSection {
  /** Its place in the page, and the name of its chart where it has one. */
  readonly id: string;
  readonly title: string;
  readonly intro: string;
  /** Words of the table and what they mean; may be empty. */
  readonly key: readonly KeyEntry[];
  readonly table: GroupedTable;
  /** What the cells' numbers lead to; may be empty. */
  readonly notes: readonly string[];
  /** What must be known besides; may be empty. */
  readonly remarks: readonly string[];
  /** Whether the page shows the chart, too, or only says where it is: a table may say the same. */
  readonly chart: 'shown' | 'named' | null;
}

/** A word, how it is tinted, and what it means. */
export interface KeyEntry {
  readonly word: string;
  readonly tint: TintName | null;
  readonly meaning: string;
}
