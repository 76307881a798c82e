import type { ArmResult } from '../../results/schema/index.js';
import type { TableCell } from './cells.js';

/** A table with a row a variant, which may be about anything. */
export interface VariantTable {
  /** What a screen reader calls it. */
  readonly title: string;
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly {
    readonly arm: Pick<ArmResult, 'variant' | 'mechanism'>;
    readonly cells: readonly TableCell[];
  }[];
  /** What must be known besides, a sentence each. */
  readonly footnotes: readonly string[];
}
