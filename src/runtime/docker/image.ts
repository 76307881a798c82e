import { once } from 'node:events';
import { basename } from 'node:path';
import { ImageName } from 'testcontainers';
import { BadInputError, InterruptedError, MissingError } from '../../errors.js';
import type { Engine } from './engine.js';
import { engineMessage, engineStatus } from './engine-error.js';

export const defaultImageTemplate = 'envoyproxy/envoy:v{version}';

/** An image that this machine's engine has. */
export interface LocalImage {
  readonly name: string;
  /** The engine's own hash of it: `sha256:…`. */
  readonly id: string;
  /** How registries name exactly this image; empty where it was built here. */
  readonly digests: readonly string[];
  /** The Envoy in it: a path, or a name that is on its PATH. */
  readonly envoy: string;
}

const component = '[a-z0-9]+(?:[._-]+[a-z0-9]+)*';
const registry = '[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]+)?';
// The engine's own check comes too late: a name is part of the path that the engine is asked by.
const reference = new RegExp(
  `^(?:${registry}/)?${component}(?:/${component})*(?::\\w[\\w.-]*)?(?:@sha256:[0-9a-f]{64})?$`,
);

/**
 * The image of an Envoy version.
 * @throws BadInputError where the template doesn't make an image's name.
 */
export function imageName(template: string, version: string): string {
  const name = template.replaceAll('{version}', version);
  if (reference.test(name)) return name;
  throw new BadInputError(
    `'${name}' is not an image name`,
    `--image-template is like ${defaultImageTemplate}`,
  );
}

/**
 * Looks an image up, and pulls it where the engine doesn't have it.
 * @throws MissingError where it can't be pulled; InterruptedError.
 */
export async function ensureImage(engine: Engine, name: string, signal: AbortSignal): Promise<LocalImage> {
  return (await localImage(engine, name)) ?? (await pull(engine, name, signal));
}

async function pull(engine: Engine, name: string, signal: AbortSignal): Promise<LocalImage> {
  if (signal.aborted) throw new InterruptedError();
  const done = new AbortController();
  const aborted = once(signal, 'abort', { signal: done.signal }).then(() => {
    throw new InterruptedError();
  });
  aborted.catch(() => undefined);
  try {
    await Promise.race([engine.client.image.pull(ImageName.fromString(name)), aborted]);
  } catch (error) {
    throw error instanceof InterruptedError ? error : noImage(name, engineMessage(error), error);
  } finally {
    done.abort();
  }
  // A pull that fails half-way ends without an error.
  const image = await localImage(engine, name);
  if (image === null) throw noImage(name, 'the pull did not end well');
  return image;
}

function noImage(name: string, reason: string, cause?: unknown): MissingError {
  return new MissingError(
    `the image ${name} is not on this machine and can't be pulled: ${reason}`,
    `try "docker pull ${name}", name an image that you have with --image-template, or use --runtime native`,
    cause,
  );
}

/** The image of this name that the engine has; null where it has none. */
export async function localImage(engine: Engine, name: string): Promise<LocalImage | null> {
  try {
    const image = await engine.client.image.inspect(ImageName.fromString(name));
    return {
      name,
      id: image.Id,
      digests: image.RepoDigests ?? [],
      envoy: envoyOf(image.Config.Entrypoint),
    };
  } catch (error) {
    if (engineStatus(error) === 404) return null;
    throw error;
  }
}

// Official images start a shell script which would run Envoy as a child or another user; Envoy is on their PATH.
function envoyOf(entrypoint: string | string[] | undefined): string {
  const first = [entrypoint].flat()[0];
  return first !== undefined && basename(first) === 'envoy' ? first : 'envoy';
}
