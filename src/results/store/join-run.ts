import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { compatFile } from './read-compat.js';
import { readRunFile } from './read-run.js';
import { runFiles, writeRunFile } from './run-folder.js';

/**
 * Makes one run in `dir` of a bench's folder and of those that other commands wrote: the evidence of all in one file, a matrix beside it.
 * Their folders are deleted once all of it is there; run.json comes last, so that a folder with one is whole.
 * @param command what gathered it all, as the run's own command
 */
export async function joinRun(
  dir: string,
  bench: string,
  others: readonly string[],
  command: readonly string[],
): Promise<void> {
  const evidence = [bench, ...others]
    .map((folder) => join(folder, runFiles.evidence))
    .filter((path) => existsSync(path));
  await concatenate(evidence, join(dir, runFiles.evidence));
  await copyFile(join(bench, runFiles.samples), join(dir, runFiles.samples));
  for (const folder of others) {
    const matrix = join(folder, compatFile);
    if (existsSync(matrix)) await copyFile(matrix, join(dir, compatFile));
  }
  writeRunFile(dir, { ...(await readRunFile(join(bench, runFiles.run))), command: [...command] });
  for (const folder of [bench, ...others]) rmSync(folder, { recursive: true });
}

async function concatenate(from: readonly string[], to: string): Promise<void> {
  const unfinished = `${to}.unfinished`;
  rmSync(unfinished, { force: true });
  for (const path of from)
    await pipeline(createReadStream(path), createWriteStream(unfinished, { flags: 'a' }));
  renameSync(unfinished, to);
}
