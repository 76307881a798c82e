import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BadInputError } from '../errors.js';
import { compatFile, readCompat, readEvidence, readWhole, runFiles } from '../results/store/index.js';
import type { ClaimData } from './data.js';
import { dataOfRun } from './judged-run.js';
import { claimDataOf } from './observations.js';

/**
 * Reads what claims are judged by: folders of runs, whose numbers are made again from their samples and evidence, matrices of
 * `filterbench compat`, as folders or files, and folders with the evidence of faults and probes.
 * @throws BadInputError where a path is none of these, or what is in it is damaged.
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
  // Samples without their run.json are of a damaged run: reading it says so.
  if (!isFile && [runFiles.run, runFiles.samples].some((file) => existsSync(join(path, file)))) {
    const { run, beside } = await readWhole(path);
    return dataOfRun(run, beside);
  }
  const hasMatrix = existsSync(matrix);
  const hasEvidence = !isFile && existsSync(join(path, runFiles.evidence));
  if (!hasMatrix && !hasEvidence) {
    throw new BadInputError(
      `${path} holds no run, no matrix of compatibility and no evidence`,
      'give a folder that "filterbench bench" wrote, or "compat", "faults" or "probes" with --out',
    );
  }
  const matrices = hasMatrix ? [await readCompat(matrix)] : [];
  // A matrix has been made of its evidence already.
  return claimDataOf([], matrices, hasMatrix ? [] : await readEvidence(path));
}
