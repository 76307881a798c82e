import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BadInputError } from '../errors.js';
import { analyse, plannedOf } from '../results/analyse/index.js';
import { compatFile, readCompat, readRun, runFiles } from '../results/store/index.js';
import type { ClaimData } from './data.js';
import { observationsOfMatrix } from './observations.js';

/**
 * Reads what claims are judged by: folders of runs, whose numbers are made again from their samples and evidence, and matrices of
 * `filterbench compat`, as folders or files.
 * @throws BadInputError where a path is neither, or what is in it is damaged.
 */
export async function readClaimData(paths: readonly string[]): Promise<ClaimData> {
  const read = await Promise.all(paths.map(readOne));
  return {
    runs: read.flatMap(({ runs }) => runs),
    matrices: read.flatMap(({ matrices }) => matrices),
    observations: read.flatMap(({ observations }) => observations),
  };
}

async function readOne(path: string): Promise<ClaimData> {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  const matrix = isFile ? path : join(path, compatFile);
  const hasRun = !isFile && existsSync(join(path, runFiles.run));
  const hasMatrix = existsSync(matrix);
  if (!hasRun && !hasMatrix) {
    throw new BadInputError(
      `${path} holds neither a run nor a matrix of compatibility`,
      'give a folder that "filterbench bench" or "filterbench compat --out" wrote',
    );
  }
  const runs = hasRun ? [await readAgain(path)] : [];
  const matrices = hasMatrix ? [await readCompat(matrix)] : [];
  return { runs, matrices, observations: matrices.flatMap(observationsOfMatrix) };
}

async function readAgain(dir: string) {
  const { run, samples, evidence } = await readRun(dir);
  return analyse(run, plannedOf(run, evidence), samples, evidence);
}
