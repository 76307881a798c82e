import { FailedError } from '../errors.js';
import type { Inside, OneShotSpec, RunningWorkload, Runtime, TcpAddress } from '../runtime/types.js';
import { fetchCounters } from './stats.js';

/** What an Envoy is started with, besides its configuration. */
export interface EnvoySpec {
  readonly name: string;
  /** Path of the executable. */
  readonly program: string;
  /** Its version, by which an image is found where it runs in one. */
  readonly version?: string;
  readonly cpus: readonly number[];
  /** Worker threads. */
  readonly workers: number;
  /** Names of ports that it listens on besides `listener` and `admin`. */
  readonly morePorts?: readonly string[];
  /** Host files that its configuration points to. */
  readonly reads: readonly string[];
  /** Files that are written for it, by name; its configuration may point to them, too. */
  readonly files?: Readonly<Record<string, string>>;
  /** The configuration, made when its ports are known. */
  config(inside: Inside): string;
  env?(inside: Inside): Readonly<Record<string, string>>;
  /** Flags besides the usual ones; one that says which base id is used stands in place of a base id of its own. */
  flags?(inside: Inside): readonly string[];
}

/** An Envoy that answers on its listener. */
export interface RunningEnvoy extends AsyncDisposable {
  readonly workload: RunningWorkload;
  readonly listener: TcpAddress;
  /** Envoy's counters and gauges that are not zero, by name. */
  counters(): Promise<ReadonlyMap<string, number>>;
}

// V8 compiles a whole Wasm module first: one in Go takes 5 s of an idle core, and several times that of a busy one.
const readyTimeoutMs = 60_000;
// The same goes for a validation; and a filter that loops in its configuration would never end.
const validateTimeoutMs = 60_000;
const configFile = 'envoy.yaml';

// What hot restarts find each other by.
const namesBaseId = '--base-id';

function toWorkload(spec: EnvoySpec, args: readonly string[]): OneShotSpec {
  return {
    name: spec.name,
    role: 'envoy',
    program: spec.program,
    ...(spec.version !== undefined && { envoyVersion: spec.version }),
    reads: [spec.program, ...spec.reads],
    ports: ['listener', 'admin', ...(spec.morePorts ?? [])],
    cpus: spec.cpus,
    files: (inside) => ({ ...spec.files, [configFile]: spec.config(inside) }),
    env: (inside) => spec.env?.(inside) ?? {},
    args: (inside) => {
      const flags = spec.flags?.(inside) ?? [];
      return [
        '--config-path',
        inside.file(configFile),
        '--concurrency',
        String(spec.workers),
        ...(flags.includes(namesBaseId) ? [] : ['--use-dynamic-base-id']),
        '--log-level',
        'warning',
        ...flags,
        ...args,
      ];
    },
  };
}

/**
 * Starts an Envoy and waits until it is ready.
 * @throws FailedError with Envoy's last lines; InterruptedError.
 */
export async function startEnvoy(
  runtime: Runtime,
  spec: EnvoySpec,
  signal: AbortSignal,
): Promise<RunningEnvoy> {
  const ready = { port: 'admin', path: '/ready', timeoutMs: readyTimeoutMs };
  const workload = await runtime.start({ ...toWorkload(spec, []), ready }, signal);
  return {
    workload,
    listener: workload.address('listener'),
    counters: () => fetchCounters(workload.address('admin')),
    [Symbol.asyncDispose]: () => workload.stop(),
  };
}

/**
 * Envoy's own check of a configuration (`--mode validate`), which also loads what the filters need.
 * @returns whether Envoy accepts it, and what it printed.
 * @throws FailedError where it does not end; InterruptedError.
 */
export async function validateConfig(
  runtime: Runtime,
  spec: EnvoySpec,
  signal: AbortSignal,
): Promise<{ accepted: boolean; output: string }> {
  const limit = AbortSignal.timeout(validateTimeoutMs);
  try {
    const workload = toWorkload(spec, ['--mode', 'validate']);
    const { exit, output } = await runtime.runToEnd(workload, AbortSignal.any([signal, limit]));
    return { accepted: exit.code === 0, output };
  } catch (error) {
    if (!limit.aborted || signal.aborted) throw error;
    throw new FailedError(
      `Envoy did not end validating ${spec.name} within ${validateTimeoutMs / 1_000} s`,
      'a filter may loop in its configuration',
      error,
    );
  }
}
