import { join } from 'node:path';
import { FailedError } from '../../errors.js';
import { type CacheMeta, openEntry } from './cache.js';
import { shortPath } from './cache-dir.js';
import type { EnvoyLock } from './lock.js';
import { checkPin } from './pinning.js';
import type { EnvoyPlatform } from './platform.js';
import type { EnvoyBinary, EnvoySource } from './types.js';

/** One resolve of one version, with every option settled. */
export interface Job {
  version: string;
  platform: EnvoyPlatform;
  lock: EnvoyLock;
  allowUnpinned: boolean;
  cacheDir: string;
  entry: string;
  sources: readonly EnvoySource[];
  signal: AbortSignal | undefined;
  onProgress: (message: string) => void;
}

/**
 * The cached binary of a job, hashed anew and compared with the lock.
 *
 * @returns undefined if there is none.
 * @throws FailedError if it isn't what was stored or what the lock pins; MissingError if it is unpinned.
 */
export async function fromCache(job: Job): Promise<EnvoyBinary | undefined> {
  const meta = await openEntry(job.entry, job.signal);
  if (!meta) return undefined;
  if (meta.version !== job.version || meta.platform !== job.platform) {
    throw new FailedError(
      `${shortPath(job.entry)} holds Envoy ${meta.version} for ${meta.platform}`,
      `delete it (rm -r '${job.entry}') and fetch it again`,
    );
  }
  const next = `delete it (rm -r '${job.entry}') and fetch it again`;
  const pinned = checkPin(job.lock, { ...meta, source: meta.origin, next }, job.allowUnpinned);
  return toBinary(job, meta, 'cache', pinned);
}

/** A cache entry as a resolved binary. */
export function toBinary(
  job: Job,
  meta: CacheMeta,
  source: EnvoyBinary['source'],
  pinned: boolean,
): EnvoyBinary {
  const { version, build, sha256, origin, platform } = meta;
  return { version, path: join(job.entry, 'envoy'), sha256, build, source, origin, platform, pinned };
}
