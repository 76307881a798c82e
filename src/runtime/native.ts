import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { FailedError, InterruptedError, MissingError } from '../errors.js';
import { readPssMiB } from '../measure/memory.js';
import { launchPrefix } from './launch-prefix.js';
import { collectTail, lastLines } from './log-tail.js';
import type { PortAllocator } from './ports.js';
import { waitUntilReady } from './ready.js';
import type { Scratch } from './scratch.js';
import type {
  ExitInfo,
  Inside,
  OneShotSpec,
  RunningWorkload,
  Runtime,
  TcpAddress,
  WorkloadSpec,
} from './types.js';

export interface NativeOptions {
  readonly scratch: Scratch;
  readonly ports: PortAllocator;
}

// Envoy ends within some 100 ms of SIGTERM; an endless loop in a filter never does.
const gentleStopMs = 1_500;

/** Workloads as processes of this host, pinned to cores, in process groups of their own. */
export function nativeRuntime(options: NativeOptions): Runtime {
  const running = new Set<Launched>();
  // Whatever ends us, short of SIGKILL, ends them.
  const killAll = () => {
    for (const { kill } of running) kill('SIGKILL');
  };
  process.once('exit', killAll);

  async function launch(spec: OneShotSpec): Promise<Launched> {
    const launched = await spawnWorkload(spec, options);
    running.add(launched);
    void launched.exited.then(() => running.delete(launched));
    return launched;
  }

  return {
    kind: 'native',
    async start(spec, signal = new AbortController().signal) {
      const begin = performance.now();
      const launched = await launch(spec);
      try {
        await becomeReady(spec, launched, signal);
      } catch (error) {
        await end(launched);
        throw signal.aborted ? new InterruptedError() : error;
      }
      return asRunning(spec, launched, performance.now() - begin);
    },
    async runToEnd(spec, signal = new AbortController().signal) {
      const launched = await launch(spec);
      const stop = () => launched.kill('SIGKILL');
      signal.addEventListener('abort', stop, { once: true });
      const exit = await launched.exited;
      signal.removeEventListener('abort', stop);
      if (signal.aborted) throw new InterruptedError();
      return { exit, output: launched.logTail() };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...running].map(end));
      process.removeListener('exit', killAll);
    },
  };
}

interface Launched {
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
  readonly pid: number;
  readonly ports: ReadonlyMap<string, number>;
  readonly exited: Promise<ExitInfo>;
  logTail(): string;
}

async function spawnWorkload(spec: OneShotSpec, { scratch, ports }: NativeOptions): Promise<Launched> {
  const dir = join(scratch.dir, spec.name);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const given = new Map<string, number>();
  for (const port of spec.ports) given.set(port, await ports.next(`${spec.name} ${port}`));
  const inside: Inside = {
    path: (hostPath) => hostPath,
    file: (name) => join(dir, name),
    bind: (port) => loopback(given, port),
    socket: (name) => join(scratch.dir, `${name}.sock`),
  };
  for (const [name, text] of Object.entries(spec.files?.(inside) ?? {})) {
    writeFileSync(join(dir, name), text, { mode: 0o600 });
  }
  const [command, ...before] = [...(await launchPrefix(spec.cpus)), spec.program];
  const child = execa(command ?? spec.program, [...before, ...spec.args(inside)], {
    // A group of its own: Ctrl-C in a terminal reaches us alone, and we end things in order.
    detached: true,
    stdin: 'ignore',
    buffer: false,
    reject: false,
    forceKillAfterDelay: gentleStopMs,
    cwd: dir,
    extendEnv: false,
    env: { PATH: process.env.PATH, ...spec.env?.(inside) },
  });
  const logTail = collectTail([child.stdout, child.stderr]);
  const exited = child.then(({ exitCode, signal }) => ({ code: exitCode ?? null, signal: signal ?? null }));
  const { pid } = child;
  if (pid === undefined) {
    throw new MissingError(
      `${spec.program} cannot be started`,
      'check that the file exists and is executable',
    );
  }
  scratch.recordChild(pid);
  return { kill: (signal) => child.kill(signal), pid, ports: given, exited, logTail };
}

async function becomeReady(spec: WorkloadSpec, launched: Launched, signal: AbortSignal): Promise<void> {
  const giveUp = new AbortController();
  const ended = launched.exited.then((exit) => ({ exit }));
  const ready = waitUntilReady(
    loopback(launched.ports, spec.ready.port),
    spec.ready.path,
    spec.ready.timeoutMs,
    AbortSignal.any([signal, giveUp.signal]),
  );
  ready.catch(() => undefined);
  const outcome = await Promise.race([ready, ended]);
  giveUp.abort();
  if (outcome === true) return;
  const what =
    outcome === false
      ? `was not ready after ${spec.ready.timeoutMs} ms`
      : `ended at once (code ${outcome.exit.code}, signal ${outcome.exit.signal})`;
  throw new FailedError(
    `${spec.name} ${what}:\n${lastLines(launched.logTail(), 6)}`,
    'its last lines say why',
  );
}

function asRunning(spec: WorkloadSpec, launched: Launched, startMs: number): RunningWorkload {
  return {
    spec,
    startMs,
    cpu: { kind: 'schedstat', pid: launched.pid },
    address: (port) => loopback(launched.ports, port),
    peerAddress: (port) => loopback(launched.ports, port),
    pssMiB: () => readPssMiB(launched.pid),
    logTail: launched.logTail,
    exited: launched.exited,
    stop: () => end(launched),
    [Symbol.asyncDispose]: () => end(launched),
  };
}

async function end({ kill, exited }: Launched): Promise<void> {
  // Harmless where it has ended already; SIGKILL follows after gentleStopMs.
  kill('SIGTERM');
  await exited;
}

function loopback(ports: ReadonlyMap<string, number>, name: string): TcpAddress {
  const port = ports.get(name);
  if (port === undefined)
    throw new FailedError(`no port is named ${name}`, 'this is a defect in filterbench');
  return { host: '127.0.0.1', port };
}
