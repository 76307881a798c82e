import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { BadInputError } from '../errors.js';
import { packagePaths } from '../paths.js';
import type { Artefact } from './artefact.js';
import { artefacts } from './artefacts.js';

const entrySchema = z.strictObject({
  path: z.string(),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of everything that goes into it: see `sourceHash`. */
  sourceHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Compiler, linker and C library; the same ones give the same bytes. */
  toolchain: z.string(),
  abi: z.string().nullable(),
  /** The oldest glibc that it loads with; null where it needs none. */
  minGlibc: z.string().nullable(),
});
export type ManifestEntry = z.infer<typeof entrySchema>;

const manifestSchema = z.strictObject({
  schema: z.literal('filterbench/prebuilt@1'),
  artefacts: z.array(entrySchema),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const manifestPath = join(packagePaths.prebuilt, 'manifest.json');

/** Reads filters/prebuilt/manifest.json. @throws BadInputError where it is missing or broken. */
export async function readManifest(): Promise<Manifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(manifestPath, 'utf8')));
  } catch (error) {
    throw new BadInputError(`${manifestPath} cannot be used`, 'run "filterbench filters build"', error);
  }
}

/** The manifest's text, in the order of `artefacts`. */
export function formatManifest(entries: readonly ManifestEntry[]): string {
  const order = artefacts.map(({ path }) => path);
  const sorted = [...entries].sort((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
  return `${JSON.stringify({ schema: 'filterbench/prebuilt@1', artefacts: sorted }, null, 2)}\n`;
}

/** sha256 of a file, hex. */
export function sha256Of(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** One hash over all sources of an artefact, each by name and content. */
export async function sourceHash(artefact: Artefact): Promise<string> {
  const hash = createHash('sha256');
  for (const name of await sourcesOf(artefact)) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(packagePaths.filters, name)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** The files that go into an artefact: under filters/, with `/`, in order. */
export async function sourcesOf({ sources, sourceNames }: Artefact): Promise<string[]> {
  const root = packagePaths.filters;
  const names: string[] = [];
  for (const source of sources) {
    if (statSync(join(root, source)).isFile()) names.push(source);
    else {
      const files = (await filesUnder(join(root, source))).map((file) => relative(root, file));
      names.push(...files.map((file) => file.split(sep).join('/')).filter((name) => sourceNames.test(name)));
    }
  }
  return names.sort();
}

async function filesUnder(dir: string): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    // What is installed is not a source: the lock file is.
    if (entry.isDirectory() && entry.name !== 'node_modules') files.push(...(await filesUnder(path)));
    if (entry.isFile()) files.push(path);
  }
  return files;
}
