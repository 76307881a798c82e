import type { TopLevelSpec } from 'vega-lite';
import type { Run } from '../../results/schema/index.js';

/** A picture of a run. A new one is a file beside this with a line in `charts`. */
export interface Chart {
  /** The file name without its ending. */
  readonly name: string;
  readonly title: string;
  /** False where the run holds nothing that this chart shows. */
  applies(run: Run): boolean;
  /** The Vega-Lite specification, the same to the byte for the same run. */
  spec(run: Run): TopLevelSpec;
  /** What the picture shows, in words with the numbers, for those who don't see it. */
  alt(run: Run): string;
}
