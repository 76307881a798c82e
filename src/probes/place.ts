import { randomBytes } from 'node:crypto';
import { anywhere } from '../compat/attempt.js';
import { withBareFileNames } from '../compat/envoy-log.js';
import { composeConfig, readFragment } from '../envoy/config.js';
import { type EnvoySpec, type RunningEnvoy, startEnvoy } from '../envoy/running.js';
import { openScratch } from '../runtime/scratch.js';
import type { Address, Inside, RunningWorkload, Runtime } from '../runtime/types.js';
import { addressVariables } from '../session/envoy-address.js';
import { startEcho } from '../session/server.js';
import type { Variables } from '../template.js';
import type { ProbeParts } from './probe.js';

/** Where one probe works: processes of its own, and an upstream that tells what it received. */
export interface Place extends ProbeParts {
  readonly runtime: Runtime;
  /** A private folder. */
  readonly dir: string;
  readonly echo: RunningWorkload;
}

/** Works in a place of its own; all that was started there is gone afterwards. */
export async function inPlace<T>(parts: ProbeParts, work: (place: Place) => Promise<T>): Promise<T> {
  using scratch = openScratch(randomBytes(3).toString('hex'));
  await using runtime: Runtime = parts.openRuntime({ scratch, ports: parts.ports });
  const echo = await startEcho({ runtime, placement: anywhere, signal: parts.signal });
  return await work({ ...parts, runtime, dir: scratch.dir, echo });
}

/** What a probe's Envoy is made of. */
export interface ProbedSetup {
  /** A fragment of envoy-configs/probes. */
  readonly fragment: string;
  /** Where its external server listens; left away where it has none. */
  readonly server?: Address;
  readonly reads?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  variables?(inside: Inside): Variables;
}

/** A probe's Envoy, with the configuration that it was started with. */
export interface ProbedRunning extends RunningEnvoy {
  readonly config: string;
  /** The end of what it printed, with files by their names. */
  log(): string;
}

/**
 * Starts the Envoy of a probe, with one worker.
 * @throws NotReadyError with Envoy's words where it refuses.
 */
export async function startProbed(place: Place, setup: ProbedSetup): Promise<ProbedRunning> {
  const { spec, config } = await specOf(place, setup);
  const envoy = await startEnvoy(place.runtime, spec, place.signal);
  return { ...envoy, config: config(), log: () => withBareFileNames(envoy.workload.logTail()) };
}

/** How a probe's Envoy is started or validated, and the configuration once it was made. */
export async function specOf(
  { base, envoy, echo }: Place,
  { fragment: name, server, reads = [], files = {}, variables }: ProbedSetup,
): Promise<{ spec: EnvoySpec; config(): string }> {
  const fragment = await readFragment('probes', name);
  let made = '';
  const spec: EnvoySpec = {
    name: 'probed',
    program: envoy.path,
    version: envoy.version,
    cpus: [],
    workers: 1,
    reads,
    files,
    config(inside) {
      made = composeConfig(base, fragment, {
        runtime_flags: {},
        ...addressVariables(inside, { echo: echo.peerAddress('listen'), server }),
        ...variables?.(inside),
      });
      return made;
    },
  };
  return { spec, config: () => withBareFileNames(made) };
}
