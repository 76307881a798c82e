import {
  DEFAULT_ENVOY_VERSION,
  type EnvoyBinary,
  exactVersion,
  resolveEnvoy,
} from '../../envoy/binary/index.js';
import { BadInputError, MissingError } from '../../errors.js';
import type { EnvoyUsed } from '../../results/schema/index.js';
import { nativeRuntime } from '../../runtime/native.js';
import type { PortAllocator } from '../../runtime/ports.js';
import type { Scratch } from '../../runtime/scratch.js';
import type { Runtime } from '../../runtime/types.js';
import type { RunFlags } from './flags.js';

/** Where Envoys run, and which Envoy: settled before anything starts. */
export interface Environment {
  readonly envoy: { readonly version: string; readonly path: string };
  readonly used: EnvoyUsed;
  /** What the user should know of the choice. */
  readonly note: string;
  open(parts: { scratch: Scratch; ports: PortAllocator; runId: string }): Runtime;
}

/** The flags that say where Envoys run, and which. */
export type EnvironmentFlags = Pick<RunFlags, 'envoy' | 'runtime' | 'imageTemplate' | 'allowUnpinned'>;

/**
 * Settles runtime and Envoy. `auto` is native on Linux where an Envoy can be had, else docker.
 * @throws MissingError where neither can be had; BadInputError; InterruptedError.
 */
export async function chooseEnvironment(
  request: EnvironmentFlags,
  signal: AbortSignal,
  onProgress: (message: string) => void,
): Promise<Environment> {
  if (request.runtime === 'docker') return dockerEnvironment(request, signal);
  if (request.runtime === 'native') return nativeEnvironment(request, signal, onProgress);
  if (process.platform !== 'linux') return dockerEnvironment(request, signal);
  try {
    return await nativeEnvironment(request, signal, onProgress);
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
    onProgress(`${error.message.split('\n')[0]}; trying containers`);
    // What native lacks is the better message: it is what the user would mend first.
    return dockerEnvironment(request, signal).catch(() => Promise.reject(error));
  }
}

async function nativeEnvironment(
  { envoy = DEFAULT_ENVOY_VERSION, allowUnpinned }: EnvironmentFlags,
  signal: AbortSignal,
  onProgress: (message: string) => void,
): Promise<Environment> {
  const binary = await resolveEnvoy(envoy, { allowUnpinned, signal, onProgress });
  return {
    envoy: binary,
    used: describeBinary(binary),
    note: `Envoy ${binary.version} (${binary.build}, ${binary.origin}), native`,
    open: (parts) => nativeRuntime(parts),
  };
}

function describeBinary({ version, build, sha256, origin, pinned }: EnvoyBinary): EnvoyUsed {
  return { version, build, sha256, source: origin, pinned, runtime: 'native' };
}

async function dockerEnvironment(request: EnvironmentFlags, signal: AbortSignal): Promise<Environment> {
  const envoyVersion = exactVersion(request.envoy ?? DEFAULT_ENVOY_VERSION);
  if (envoyVersion === undefined) {
    throw new BadInputError(
      `--envoy ${request.envoy} is not a version, and --runtime docker takes its Envoy from an image`,
      'give a version such as 1.40.0, or use --runtime native',
    );
  }
  // Loading the container library takes half a second, which native runs need not wait for.
  const docker = await import('../../runtime/docker/index.js');
  const engine = await docker.connectEngine();
  const image = await docker.ensureImage(
    engine,
    docker.imageName(request.imageTemplate, envoyVersion),
    signal,
  );
  await docker.removeContainersOfDeadRuns();
  return {
    envoy: { version: envoyVersion, path: image.envoy },
    used: {
      version: envoyVersion,
      build: image.id,
      sha256: image.id.replace(/^sha256:/, ''),
      source: image.name,
      pinned: false,
      runtime: 'docker',
    },
    note: `Envoy ${envoyVersion} in containers of ${image.name}`,
    open: (parts) => docker.dockerRuntime({ ...parts, envoyVersion, imageTemplate: request.imageTemplate }),
  };
}
