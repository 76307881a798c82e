import { anywhere } from '../compat/attempt.js';
import { withBareFileNames } from '../compat/envoy-log.js';
import { composeConfig, readBase, readFragment } from '../envoy/config.js';
import { type RunningEnvoy, startEnvoy } from '../envoy/running.js';
import { MissingError } from '../errors.js';
import { packagePaths } from '../paths.js';
import type { FaultListener } from '../results/schema/index.js';
import { NotReadyError } from '../runtime/become-ready.js';
import type { Runtime, TcpAddress } from '../runtime/types.js';
import { addressVariables } from '../session/envoy-address.js';
import { lackingExtension } from '../session/open-arm.js';
import type { Fault } from './fault.js';
import type { LaneTarget } from './lane.js';

/** An Envoy that a fault is injected into. */
export interface FaultyEnvoy {
  readonly envoy: RunningEnvoy;
  /** As it was started, with files by their names. */
  readonly config: string;
  target(listener: FaultListener): LaneTarget;
}

interface EnvoyParts {
  readonly runtime: Runtime;
  readonly program: string;
  readonly version: string;
  readonly workers: number;
  /** Where the fault's server is; null where it has none. */
  readonly server: TcpAddress | null;
  readonly signal: AbortSignal;
}

/** This Envoy build has no such filter. */
export class LackingError extends MissingError {}

const folder = `${packagePaths.envoyConfigs}/faults`;

/**
 * Starts an Envoy with a fault's filter, and a listener without it.
 * @throws LackingError where this Envoy has no such filter; FailedError with Envoy's last lines; InterruptedError.
 */
export async function startFaultyEnvoy(fault: Fault, parts: EnvoyParts): Promise<FaultyEnvoy> {
  const { runtime, program, version, workers, server, signal } = parts;
  const [base, fragment] = await Promise.all([
    readBase(folder),
    readFragment(fault.mechanism, fault.name, folder),
  ]);
  let config = '';
  const envoy = await orLacking(fault, () =>
    startEnvoy(
      runtime,
      {
        name: 'envoy',
        program,
        version,
        cpus: anywhere.envoyCpus,
        workers,
        morePorts: ['neighbour'],
        reads: fault.reads(version),
        config(inside) {
          config = composeConfig(base, fragment, {
            runtime_flags: {},
            ...addressVariables(inside, { neighbour: inside.bind('neighbour'), server }),
            ...fault.variables(version, inside),
          });
          return config;
        },
        env: (inside) => fault.env(version, inside),
      },
      signal,
    ),
  );
  return {
    envoy,
    config: withBareFileNames(config),
    target: (listener) => ({
      listener,
      address: envoy.workload.address(listener === 'filter' ? 'listener' : listener),
      async taken() {
        const counters = await envoy.counters();
        const of = (worker: number) =>
          counters.get(`listener.${listener}.worker_${worker}.downstream_cx_total`);
        return Array.from({ length: workers }, (_, worker) => of(worker) ?? 0);
      },
    }),
  };
}

async function orLacking<T>({ extensions }: Fault, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    const lacks = error instanceof NotReadyError ? lackingExtension(error.log, extensions) : null;
    if (lacks === null) throw error;
    throw new LackingError(
      `this Envoy build lacks ${lacks}`,
      'take another build, or leave this fault out',
      error,
    );
  }
}
