import { InterruptedError } from '../../errors.js';
import { readPssMiB } from '../../measure/memory.js';
import { becomeReady } from '../become-ready.js';
import type { PortAllocator } from '../ports.js';
import type { Scratch } from '../scratch.js';
import type { ContainerNetwork, OneShotSpec, RunningWorkload, Runtime, WorkloadSpec } from '../types.js';
import { type Measurable, measurable } from './cpu-source.js';
import { connectEngine } from './engine.js';
import { defaultImageTemplate, ensureImage, imageName } from './image.js';
import { type Launched, type Launchpad, launchContainer } from './launch.js';
import { defaultNetwork } from './network.js';
import { removeContainersNow } from './remove.js';

export interface DockerOptions {
  readonly scratch: Scratch;
  readonly ports: PortAllocator;
  readonly runId: string;
  /** In whose image workloads run that don't say which. */
  readonly envoyVersion: string;
  /** An image name in which `{version}` stands for the Envoy version. */
  readonly imageTemplate?: string;
  /** Left away: the host's on Linux, else mapped. */
  readonly network?: ContainerNetwork;
  /** What each container may have; left away: as much as there is. */
  readonly memoryMiB?: number;
}

/**
 * Workloads as containers, pinned to cores. The engine is looked for and the image pulled at the first
 * start, which throws the errors of connectEngine and ensureImage.
 * @throws BadInputError where the image template doesn't make an image's name.
 */
export function dockerRuntime(options: DockerOptions): Runtime {
  const existing = new Set<string>();
  const running = new Set<Launched>();
  const template = options.imageTemplate ?? defaultImageTemplate;
  // Refused here rather than at the first start.
  imageName(template, options.envoyVersion);
  let dockerHost = '';
  // Ends them where the process ends without disposing; after a SIGKILL the next run does.
  const removeAll = () => removeContainersNow(dockerHost, [...existing]);
  process.once('exit', removeAll);

  async function prepare(
    { envoyVersion = options.envoyVersion }: OneShotSpec,
    signal: AbortSignal,
  ): Promise<Launchpad> {
    const engine = await connectEngine();
    dockerHost = engine.dockerHost;
    const image = await ensureImage(engine, imageName(template, envoyVersion), signal);
    if (signal.aborted) throw new InterruptedError();
    const { scratch, ports, runId, memoryMiB, network = defaultNetwork() } = options;
    const pad = { engine, image, scratch, ports, runId, network, existing };
    return { ...pad, ...(memoryMiB !== undefined && { memoryMiB }) };
  }

  async function launch(spec: OneShotSpec, pad: Launchpad): Promise<Launched> {
    const launched = await launchContainer(spec, pad);
    running.add(launched);
    return launched;
  }

  async function end(launched: Launched): Promise<void> {
    await launched.end();
    running.delete(launched);
  }

  return {
    kind: 'docker',
    async start(spec, signal = new AbortController().signal) {
      const pad = await prepare(spec, signal);
      const begin = performance.now();
      const launched = await launch(spec, pad);
      try {
        await becomeReady(spec, launched, signal);
        const startMs = performance.now() - begin;
        const measured = await measurable(pad.engine, launched.id);
        return asRunning(spec, launched, { startMs, measured, stop: () => end(launched) });
      } catch (error) {
        await end(launched);
        throw signal.aborted ? new InterruptedError() : error;
      }
    },
    async runToEnd(spec, signal = new AbortController().signal) {
      const pad = await prepare(spec, signal);
      const launched = await launch(spec, pad);
      // An abort ends it, which settles `exited`; what fails in that shows below, at the same promise.
      const stop = () => void launched.end(0).catch(() => undefined);
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      const exit = await launched.exited;
      signal.removeEventListener('abort', stop);
      await end(launched);
      if (signal.aborted) throw new InterruptedError();
      return { exit, output: launched.logTail() };
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...running].map(end));
      process.removeListener('exit', removeAll);
    },
  };
}

function asRunning(
  spec: WorkloadSpec,
  launched: Launched,
  { startMs, measured, stop }: { startMs: number; measured: Measurable; stop(): Promise<void> },
): RunningWorkload {
  return {
    spec,
    startMs,
    ...measured,
    address: launched.address,
    peerAddress: launched.peerAddress,
    pssMiB: async () => (measured.pid === null ? null : readPssMiB(measured.pid)),
    logTail: launched.logTail,
    exited: launched.exited,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
