import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { analyseLines, plannedOf } from '../analyse/index.js';
import type { Compat, Evidence, Run } from '../schema/index.js';
import { compatFile, readCompat } from './read-compat.js';
import { readKept } from './read-run.js';
import { runFiles } from './run-folder.js';

/** A run whose numbers were made again, and what else its folder holds. */
export interface WholeRun {
  readonly run: Run;
  readonly beside: {
    /** What loads on which Envoy; null where that was not gathered with the run. */
    readonly matrix: Compat | null;
    /** Of faults, probes, swaps and effort, and what is kept of the run's own proofs. */
    readonly evidence: readonly Evidence[];
    /** Whether samples and evidence are compressed. */
    readonly compressed: boolean;
  };
}

/**
 * Reads a run's folder and makes its numbers again from samples and evidence: what was analysed before is not believed.
 * @throws BadInputError naming file, line and field.
 */
export async function readWhole(dir: string): Promise<WholeRun> {
  const { run, ...lines } = await readKept(dir);
  const { evidence } = lines;
  const matrix = join(dir, compatFile);
  return {
    run: analyseLines(run, plannedOf(run, evidence), lines),
    beside: {
      matrix: existsSync(matrix) ? await readCompat(matrix) : null,
      evidence,
      compressed: !existsSync(join(dir, runFiles.samples)),
    },
  };
}
