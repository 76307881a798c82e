import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { FailedError, MissingError } from '../../errors.js';
import { type HostLayout, layOut } from '../host-layout.js';
import { collectTail } from '../log-tail.js';
import type { PortAllocator } from '../ports.js';
import type { Scratch } from '../scratch.js';
import type { ContainerNetwork, ExitInfo, OneShotSpec, TcpAddress } from '../types.js';
import { StartedIsEnough, WorkloadContainer } from './container.js';
import type { Engine } from './engine.js';
import { engineMessage } from './engine-error.js';
import { exitOf } from './exit.js';
import type { LocalImage } from './image.js';
import { keptLog } from './kept-log.js';
import { labelsOf } from './labels.js';
import { bindHost, networkMode, peerHost } from './network.js';
import { endContainer } from './remove.js';

/** Where a container is started, and as whose. */
export interface Launchpad {
  readonly engine: Engine;
  readonly image: LocalImage;
  readonly scratch: Scratch;
  readonly ports: PortAllocator;
  readonly runId: string;
  readonly network: ContainerNetwork;
  /** Containers that exist, by id. */
  readonly existing: Set<string>;
  /** What each may have. */
  readonly memoryMiB?: number;
}

/** A container that was started. */
export interface Launched {
  readonly id: string;
  readonly exited: Promise<ExitInfo>;
  /** Where this host reaches a port. */
  address(port: string): TcpAddress;
  /** Where other containers do. */
  peerAddress(port: string): TcpAddress;
  logTail(): string;
  /** Ends it, by force after `gentleSeconds`, and removes it; the same promise for all who ask. */
  end(gentleSeconds?: number): Promise<void>;
}

// Docker counts in whole seconds; Envoy ends within some 100 ms of SIGTERM, an endless loop in a filter never does.
const defaultGentleSeconds = 2;

/**
 * Starts a container without waiting for its readiness.
 * @throws MissingError where a file that it reads is missing; FailedError where the engine refuses it; nothing is left then.
 */
export async function launchContainer(spec: OneShotSpec, pad: Launchpad): Promise<Launched> {
  const reads = pathsToRead(spec);
  const layout = await layOut(spec, pad, bindHost(pad.network));
  const containers: string[] = [];
  const logs: Readable[] = [];
  let peer: string | null = null;
  try {
    await describe(spec, layout, reads, pad, {
      created: (id) => {
        containers.push(id);
        pad.existing.add(id);
      },
      log: (stream) => {
        // A log that breaks off is only a shorter one.
        stream.on('error', () => undefined);
        logs.push(stream);
      },
    }).start();
    peer = await peerHost(pad.network, pad.engine, containers[0] ?? '');
  } catch (error) {
    await Promise.all(containers.map((id) => remove(id, pad, 0)));
    throw new FailedError(
      `the container of ${spec.name} can't be started: ${engineMessage(error)}`,
      'what the Docker engine says tells why',
      error,
    );
  }
  const [id = ''] = containers;
  const followed = collectTail(logs);
  let kept = '';
  const exited = exitOf(id, pad.engine, logs).then(async (exit) => {
    // What ends at once can be gone before its log was followed.
    if (followed() === '') kept = await keptLog(id, pad.engine);
    return exit;
  });
  let ending: Promise<void> | undefined;
  const end = (gentleSeconds = defaultGentleSeconds) => {
    ending ??= remove(id, pad, gentleSeconds);
    return ending;
  };
  // Without one it has ended meanwhile, and nobody will reach it anywhere.
  const peerAddress = (port: string) => ({ ...layout.address(port), host: peer ?? '127.0.0.1' });
  return { id, exited, address: layout.address, peerAddress, logTail: () => followed() || kept, end };
}

function describe(
  spec: OneShotSpec,
  { dir, inside, address }: HostLayout,
  reads: readonly string[],
  { image, runId, memoryMiB, network }: Launchpad,
  on: { created(id: string): void; log(stream: Readable): void },
): WorkloadContainer {
  const mounts = [
    // The folder that all workloads share holds the private ones.
    { path: dirname(dir), readOnly: false },
    ...reads.map((path) => ({ path, readOnly: true })),
  ];
  const ports = spec.ports.map((name) => address(name).port);
  const extras = {
    cpus: spec.cpus,
    memoryMiB,
    mounts,
    network: networkMode(network, ports),
    created: on.created,
  };
  return (
    new WorkloadContainer(image.name, extras)
      .withEntrypoint([spec.role === 'envoy' ? image.envoy : spec.program])
      .withCommand([...spec.args(inside)])
      .withEnvironment({ ...spec.env?.(inside) })
      .withWorkingDir(dir)
      .withLabels(labelsOf(runId, spec.name))
      // Its files are ours alone, and so are those that it leaves.
      .withUser(`${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`)
      // No Ryuk: it is one more image to pull and one more process beside the measured ones; labels do its work.
      .withAutoCleanup(false)
      .withWaitStrategy(new StartedIsEnough())
      // An engine may be set up for a log that can't be read back.
      .withDefaultLogDriver()
      .withLogConsumer(on.log)
  );
}

// The image has its own Envoy; the host's, where there is one, stays outside.
function pathsToRead({ role, program, reads }: OneShotSpec): string[] {
  const paths = new Set(role === 'envoy' ? reads : [program, ...reads]);
  if (role === 'envoy') paths.delete(program);
  const missing = [...paths].filter((path) => !existsSync(path));
  if (missing.length > 0) {
    throw new MissingError(
      `not found: ${missing.join(', ')}`,
      'check the path; it is mounted into the container',
    );
  }
  return [...paths];
}

async function remove(id: string, { engine, existing }: Launchpad, gentleSeconds: number): Promise<void> {
  await endContainer(engine, id, gentleSeconds);
  existing.delete(id);
}
