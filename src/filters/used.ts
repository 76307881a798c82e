import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packagePaths } from '../paths.js';
import type { ArtefactUsed } from '../results/schema/index.js';
import { readManifest, sha256Of } from './manifest.js';

/** Which compiled filters and servers a run used, and whether they are the ones that are shipped. */
export async function describeArtefacts(paths: readonly string[]): Promise<ArtefactUsed[]> {
  const { artefacts } = await readManifest();
  return [...new Set(paths)]
    .filter((path) => existsSync(path))
    .sort()
    .map((path) => {
      const sha256 = sha256Of(path);
      const name = relative(packagePaths.prebuilt, path);
      const shipped = artefacts.some((entry) => entry.path === name && entry.sha256 === sha256);
      return { path: name.startsWith('..') ? path : join(name), sha256, shipped };
    });
}
