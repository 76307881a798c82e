import type { TopLevelSpec } from 'vega-lite';
import type { Run } from '../../results/schema/index.js';
import type { Family } from '../content/panels.js';

/** One way of drawing a family. A new one is a file beside this with a line in `chartKinds`. */
export interface ChartKind {
  /** The end of the file name. */
  readonly name: string;
  readonly title: string;
  /** False where the family holds nothing that this shows. */
  applies(run: Run, family: Family): boolean;
  /** The Vega-Lite specification, the same to the byte for the same run. */
  spec(run: Run, family: Family): TopLevelSpec;
  /** What the picture shows, in words with the numbers, for those who don't see it. */
  alt(run: Run, family: Family): string;
}

/** A picture of one family of a run, or of what its folder holds besides numbers. */
export interface Chart {
  /** The file name without its ending: `headers-overhead-cpu`. */
  readonly name: string;
  /** Null where it is of no family. */
  readonly family: string | null;
  /** The scenario that it is of, where that is one rung of several; else left away. */
  readonly rung?: string;
  readonly title: string;
  readonly spec: TopLevelSpec;
  readonly alt: string;
}
