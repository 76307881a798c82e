import { type Dirent, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BadInputError } from '../../errors.js';
import { runFiles } from './run-folder.js';

// `results` holds published runs, and `results/local` those of this machine.
const deepest = 2;

/**
 * Folders that hold a run: those that are given, and what lies in them, in the order of their names and the shallow first. Nothing
 * is looked for inside of a run.
 * @throws BadInputError where a given folder cannot be read, or none holds a run.
 */
export async function findRunFolders(given: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const dir of given) found.push(...(await runsBelow(dir)));
  if (found.length > 0) return [...new Set(found)];
  throw new BadInputError(
    `no run in ${given.join(', ')}: no ${runFiles.run} there or two folders below`,
    'give folders of runs, or folders that hold some',
  );
}

async function runsBelow(given: string): Promise<string[]> {
  const found: string[] = [];
  let level = [given];
  for (let depth = 0; depth <= deepest; depth += 1) {
    found.push(...level.filter(holdsRun));
    if (depth === deepest) break;
    const open = level.filter((dir) => !holdsRun(dir));
    level = (await Promise.all(open.map(foldersIn))).flat();
  }
  return found;
}

function holdsRun(dir: string): boolean {
  return existsSync(join(dir, runFiles.run));
}

async function foldersIn(dir: string): Promise<string[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(dir, { withFileTypes: true });
  } catch (error) {
    throw new BadInputError(
      `${dir} cannot be read`,
      'give folders of runs, or folders that hold some',
      error,
    );
  }
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(dir, name))
    .sort();
}
