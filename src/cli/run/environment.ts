import {
  DEFAULT_ENVOY_VERSION,
  didYouMean,
  type EnvoyBinary,
  exactVersion,
  knownVersions,
  readLock,
  resolveEnvoy,
} from '../../envoy/binary/index.js';
import { BadInputError, MissingError } from '../../errors.js';
import type { EnvoyUsed } from '../../results/schema/index.js';
import { nativeRuntime } from '../../runtime/native.js';
import type { PortAllocator } from '../../runtime/ports.js';
import type { Scratch } from '../../runtime/scratch.js';
import type { ContainerNetwork, Runtime } from '../../runtime/types.js';
import type { EnvoyAt } from '../../session/arm.js';
import type { RunFlags } from './flags.js';

/** An Envoy of the run: where it is, and what a run tells of it. */
export interface ChosenEnvoy extends EnvoyAt {
  readonly used: EnvoyUsed;
}

/** Where Envoys run, and which: settled before anything starts. */
export interface Environment {
  /** In the order in which they were asked for. */
  readonly envoys: readonly [ChosenEnvoy, ...ChosenEnvoy[]];
  /** What the user should know of the choice. */
  readonly note: string;
  open(parts: { scratch: Scratch; ports: PortAllocator; runId: string }): Runtime;
}

/** The flags that say where Envoys run, and which. */
export type EnvironmentFlags = Pick<
  RunFlags,
  'envoy' | 'runtime' | 'imageTemplate' | 'containerNetwork' | 'memory' | 'allowUnpinned'
>;

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
  request: EnvironmentFlags,
  signal: AbortSignal,
  onProgress: (message: string) => void,
): Promise<Environment> {
  const { allowUnpinned, memory, containerNetwork } = request;
  if (process.platform !== 'linux') {
    throw new MissingError(
      `processes are measured by what Linux tells of them, and this is ${process.platform}`,
      'use --runtime docker',
    );
  }
  if (memory !== undefined) {
    throw new BadInputError(
      '--memory limits containers, and Envoy runs natively here',
      'add --runtime docker',
    );
  }
  if (containerNetwork !== undefined) {
    throw new BadInputError(
      '--container-network connects containers, and Envoy runs natively here',
      'add --runtime docker',
    );
  }
  const binaries: EnvoyBinary[] = [];
  for (const asked of askedFor(request))
    binaries.push(await resolveEnvoy(asked, { allowUnpinned, signal, onProgress }));
  const told = binaries.map(({ version, build, origin }) => `Envoy ${version} (${build}, ${origin})`);
  return {
    envoys: distinct(
      binaries.map((binary) => ({
        version: binary.version,
        path: binary.path,
        used: describeBinary(binary),
      })),
    ),
    note: `${told.join(', ')}, native`,
    open: (parts) => nativeRuntime(parts),
  };
}

/**
 * The Envoys that flags name, else the default.
 * @throws BadInputError where they name none.
 */
export function askedFor({ envoy = [DEFAULT_ENVOY_VERSION] }: Pick<RunFlags, 'envoy'>): string[] {
  if (envoy.length === 0) throw new BadInputError('--envoy names none', 'give versions such as 1.40.0');
  return envoy;
}

function distinct(envoys: readonly ChosenEnvoy[]): Environment['envoys'] {
  requireDistinct(envoys.map(({ version }) => version));
  const [first, ...others] = envoys;
  if (!first) throw new TypeError('an Envoy was asked for');
  return [first, ...others];
}

/**
 * Arms are told apart by the version, so that runs of any machine can be compared.
 * @throws BadInputError where two are the same.
 */
export function requireDistinct(versions: readonly string[]): void {
  const twice = versions.find((version, index) => versions.indexOf(version) < index);
  if (twice === undefined) return;
  throw new BadInputError(
    `--envoy names two Envoys of version ${twice}, and arms are told apart by it`,
    'measure one of them in a run of its own',
  );
}

function describeBinary({ version, build, sha256, origin, pinned }: EnvoyBinary): EnvoyUsed {
  return { version, build, sha256, source: origin, pinned, runtime: 'native' };
}

async function dockerEnvironment(request: EnvironmentFlags, signal: AbortSignal): Promise<Environment> {
  const versions = askedFor(request).map(versionOfImage);
  // Loading the container library takes half a second, which native runs need not wait for.
  const docker = await import('../../runtime/docker/index.js');
  const engine = await docker.connectEngine();
  const network = request.containerNetwork ?? docker.defaultNetwork();
  const envoys: ChosenEnvoy[] = [];
  for (const version of versions) {
    const image = await docker.ensureImage(engine, docker.imageName(request.imageTemplate, version), signal);
    const sha256 = image.id.replace(/^sha256:/, '');
    const used = {
      version,
      build: image.id,
      sha256,
      source: image.name,
      pinned: false,
      runtime: 'docker',
      network,
    } as const;
    envoys.push({ version, path: image.envoy, used });
  }
  await docker.removeContainersOfDeadRuns();
  const chosen = distinct(envoys);
  const [{ version: envoyVersion }] = chosen;
  return {
    envoys: chosen,
    note: `${envoys.map(({ version, used }) => `Envoy ${version} in containers of ${used.source}`).join(', ')}; ${networkNote[network]}`,
    open: (parts) =>
      docker.dockerRuntime({
        ...parts,
        envoyVersion,
        imageTemplate: request.imageTemplate,
        network,
        ...(request.memory !== undefined && { memoryMiB: request.memory }),
      }),
  };
}

const networkNote: Readonly<Record<ContainerNetwork, string>> = {
  host: "on the host's network",
  mapped: 'ports mapped to 127.0.0.1',
};

function versionOfImage(asked: string): string {
  const version = exactVersion(asked);
  if (version !== undefined) return version;
  const near = asked.includes('/') ? '' : didYouMean(asked, knownVersions(readLock()));
  throw new BadInputError(
    `--envoy ${asked} is not a version, and --runtime docker takes its Envoy from an image${near}`,
    'give a version such as 1.40.0, or use --runtime native',
  );
}
