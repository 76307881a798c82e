import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FailedError } from '../errors.js';
import { packagePaths } from '../paths.js';
import type { LinesOf } from '../results/schema/index.js';
import { countLines } from './count-lines.js';
import { languageOf } from './languages.js';
import { leftOut, type Sources } from './sources.js';

/**
 * Lines of code of files and folders, and which files they are in.
 * @throws FailedError where one is not there.
 */
export function linesOf({ paths, without }: Sources, root: string = packagePaths.root): LinesOf {
  const files = paths
    .flatMap((path) => filesAt(path, root))
    .filter((file) => !leftOut.test(file) && without?.test(file) !== true)
    .sort();
  const lines = files.reduce((sum, file) => sum + linesIn(file, root), 0);
  return { lines, files };
}

function linesIn(file: string, root: string): number {
  const language = languageOf(file);
  return language === null ? 0 : countLines(readFileSync(join(root, file), 'utf8'), language);
}

/** What is code below a path, with `/`. */
function filesAt(path: string, root: string): string[] {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (found === undefined) {
    throw new FailedError(
      `${path} is not there: its lines cannot be counted`,
      'use a whole checkout of filterbench',
    );
  }
  if (found.isFile()) return languageOf(path) === null ? [] : [path];
  return readdirSync(join(root, path))
    .filter((name) => name !== 'node_modules')
    .flatMap((name) => filesAt(`${path}/${name}`, root));
}
