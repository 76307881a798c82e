import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { BadInputError, FailedError } from '../../errors.js';
import { askVersion, sha256File } from './identity.js';
import { type EnvoyLock, pinsOf } from './lock.js';
import { envoyPlatforms, hostPlatform } from './platform.js';
import type { EnvoyBinary } from './types.js';

/** True if a request means a file and not a version. */
export async function isPathRequest(request: string): Promise<boolean> {
  if (request.includes('/')) return true;
  return (await stat(request).catch(() => undefined))?.isFile() ?? false;
}

/**
 * The user's own binary; nothing about it is refused but that it isn't an Envoy.
 *
 * @throws BadInputError if it is no executable Envoy.
 */
export async function describePath(
  request: string,
  lock: EnvoyLock,
  signal?: AbortSignal,
): Promise<EnvoyBinary> {
  const path = resolve(request);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) {
    const what = found ? 'is not a file' : 'does not exist';
    throw new BadInputError(
      `${path} ${what}`,
      'give the path of an Envoy binary, or a version such as 1.40.0',
    );
  }
  await access(path, constants.X_OK).catch((cause) => {
    throw new BadInputError(`${path} may not be executed`, `chmod +x '${path}'`, cause);
  });
  const { version, build } = await askVersion(path, path, signal).catch((error) => {
    throw error instanceof FailedError ? new BadInputError(error.message, error.next, error) : error;
  });
  const sha256 = await sha256File(path, signal);
  const platform = hostPlatform();
  const known = envoyPlatforms.find((name) => name === platform);
  const pinned = known !== undefined && Object.values(pinsOf(lock, version, known)).includes(sha256);
  return { version, path, sha256, build, source: 'path', origin: 'path', platform, pinned };
}
