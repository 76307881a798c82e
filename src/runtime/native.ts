import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { InterruptedError, MissingError } from '../errors.js';
import { readPssMiB } from '../measure/memory.js';
import { becomeReady } from './become-ready.js';
import { layOut } from './host-layout.js';
import { launchPrefix } from './launch-prefix.js';
import { collectTail } from './log-tail.js';
import type { PortAllocator } from './ports.js';
import type { Scratch } from './scratch.js';
import type { ExitInfo, OneShotSpec, RunningWorkload, Runtime, TcpAddress, WorkloadSpec } from './types.js';

export interface NativeOptions {
  readonly scratch: Scratch;
  readonly ports: PortAllocator;
}

// Envoy ends within some 100 ms of SIGTERM; an endless loop in a filter never does.
const gentleStopMs = 1_500;

/** `nativeRuntime`, or one that notes what it starts. */
export type OpenNative = (options: NativeOptions) => Runtime;

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
      if (signal.aborted) stop();
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
  address(port: string): TcpAddress;
  readonly exited: Promise<ExitInfo>;
  logTail(): string;
}

async function spawnWorkload(spec: OneShotSpec, { scratch, ports }: NativeOptions): Promise<Launched> {
  const { dir, inside, address } = await layOut(spec, { scratch, ports });
  if (!existsSync(spec.program)) {
    // The words in front of it would start, and fail as if it had.
    throw new MissingError(`${spec.program} is not there`, 'check its path, or fetch or build it again');
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
  try {
    scratch.recordChild(pid);
  } catch (error) {
    // Nobody else knows of it yet.
    child.kill('SIGKILL');
    await exited;
    throw error;
  }
  return { kill: (signal) => child.kill(signal), pid, address, exited, logTail };
}

function asRunning(spec: WorkloadSpec, launched: Launched, startMs: number): RunningWorkload {
  return {
    spec,
    startMs,
    pid: launched.pid,
    cpu: { kind: 'schedstat', pid: launched.pid },
    address: launched.address,
    peerAddress: launched.address,
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
