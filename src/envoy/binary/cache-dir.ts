import type { Stats } from 'node:fs';
import { chmod, lstat, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { BadInputError } from '../../errors.js';

/** The directory of cached Envoys: an explicit one, else FILTERBENCH_CACHE, else the user's cache. */
export function envoyCacheDir(explicit?: string): string {
  return join(cacheRoot(explicit), 'envoy');
}

/** The directory of what `filterbench compat` found out. */
export function compatCacheDir(explicit?: string): string {
  return join(cacheRoot(explicit), 'compat');
}

function cacheRoot(explicit: string | undefined): string {
  return resolve(
    explicit ?? (process.env.FILTERBENCH_CACHE || envPaths('filterbench', { suffix: '' }).cache),
  );
}

/**
 * Creates the cache directory and makes it private: what lies in it is executed. One that root
 * prepared and nobody else can write (in a container image) is as good.
 *
 * @throws BadInputError if it can't be created or others could change it.
 */
export async function ensurePrivateDir(dir: string): Promise<void> {
  const next = 'choose another directory with FILTERBENCH_CACHE';
  const refuse = (why: string, cause?: unknown) =>
    new BadInputError(`the cache ${shortPath(dir)} can't be used: ${why}`, next, cause);
  let found: Stats;
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    found = await lstat(dir);
    if (found.isDirectory() && found.uid === process.getuid?.()) {
      if ((found.mode & 0o077) !== 0) await chmod(dir, 0o700);
      return;
    }
  } catch (cause) {
    throw refuse(cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (!found.isDirectory()) throw refuse('it is not a directory');
  if (found.uid !== 0 || (found.mode & 0o022) !== 0) throw refuse('somebody else can change it');
}

/** A path with the home directory as `~`, for messages. */
export function shortPath(path: string): string {
  const home = homedir();
  return home.length > 1 && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
