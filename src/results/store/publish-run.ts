import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { BadInputError } from '../../errors.js';
import type { Run } from '../schema/index.js';
import { compatFile } from './read-compat.js';
import { compressed } from './read-run.js';
import { checkRunFolder, runFiles, writeRunFile } from './run-folder.js';

/**
 * Copies a run into a folder that can be kept in a repository: samples and evidence compressed, all else as it is. Reports are not
 * copied: they come again from what is.
 * @param run what run.json is to hold: the results as they are analysed and judged today
 * @throws BadInputError where the folder holds a run already or can't be written, or the run is not complete.
 */
export async function publishRun(from: string, to: string, run: Run): Promise<void> {
  if (run.status !== 'complete') {
    throw new BadInputError(`${from} is ${run.status}`, 'publish a run that is complete');
  }
  checkRunFolder(to);
  for (const file of [runFiles.samples, runFiles.evidence]) await compress(join(from, file), join(to, file));
  const matrix = join(from, compatFile);
  if (existsSync(matrix)) await copyFile(matrix, join(to, compatFile));
  writeRunFile(to, run);
}

/** A file that is compressed already is copied. */
async function compress(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return copyFile(from + compressed, to + compressed);
  const gzip = createGzip({ level: constants.Z_BEST_COMPRESSION });
  await pipeline(createReadStream(from), gzip, createWriteStream(to + compressed));
}
