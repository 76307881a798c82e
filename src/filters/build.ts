import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Artefact, BuildOptions, Compiler } from './artefact.js';
import { artefacts } from './artefacts.js';
import { type ManifestEntry, sha256Of, sourceHash } from './manifest.js';

export type { BuildOptions } from './artefact.js';

/**
 * Builds artefacts from source; all of them where none are named.
 * @returns what the manifest says of them.
 * @throws MissingError where a compiler is missing; FailedError where one fails.
 */
export async function buildFilters(
  options: BuildOptions,
  asked: readonly Artefact[] = artefacts,
): Promise<ManifestEntry[]> {
  const prepared: [Artefact, Compiler][] = [];
  // A compiler that is missing is known before the others spend their minutes.
  for (const artefact of asked) prepared.push([artefact, await artefact.prepare(options)]);
  const entries: ManifestEntry[] = [];
  for (const [artefact, compiler] of prepared) {
    options.onProgress(`building ${artefact.path}`);
    entries.push(await buildOne(artefact, compiler, options));
  }
  return entries;
}

async function buildOne(
  artefact: Artefact,
  compiler: Compiler,
  { outDir }: BuildOptions,
): Promise<ManifestEntry> {
  const path = join(outDir, artefact.path);
  mkdirSync(dirname(path), { recursive: true });
  await compiler.compile(path);
  return {
    path: artefact.path,
    bytes: statSync(path).size,
    sha256: sha256Of(path),
    sourceHash: await sourceHash(artefact),
    toolchain: compiler.id,
    abi: artefact.abi,
    minGlibc: artefact.abi === null ? null : newestGlibcSymbol(path),
  };
}

/** The newest `GLIBC_x.y` that an ELF file names: the oldest glibc that it loads with. */
function newestGlibcSymbol(path: string): string | null {
  const names = readFileSync(path, 'latin1').matchAll(/GLIBC_(\d+)\.(\d+)/g);
  const versions = [...names].map(([, major, minor]) => [Number(major), Number(minor)] as const);
  const newest = versions.sort((a, b) => a[0] - b[0] || a[1] - b[1]).at(-1);
  return newest ? newest.join('.') : null;
}
