import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packagePaths } from '../paths.js';

/** What decides how a filter in C or C++ is built. */
export const cSourceNames = /\.(?:c|cc|h)$/;

/** The C and C++ files of folders of filters/, relative to it and in one order: compilers name no other path. */
export function cFiles(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(packagePaths.filters, folder))
      .filter((name) => /\.cc?$/.test(name))
      .sort()
      .map((name) => `${folder}/${name}`),
  );
}
