import { anywhere } from '../compat/attempt.js';
import { prebuilt } from '../mechanisms/prebuilt.js';
import type { OpenNative } from '../runtime/native.js';
import type { PortAllocator } from '../runtime/ports.js';
import type { Scratch } from '../runtime/scratch.js';
import type { RunningWorkload, TcpAddress } from '../runtime/types.js';
import { type Bend, openRelay, type Relay } from './relay.js';

/** The measured external server, in hands that can hurt it. */
export interface FaultyServer extends AsyncDisposable {
  /** Where Envoy finds it. */
  readonly address: TcpAddress;
  /** Ends it by SIGKILL. */
  kill(): Promise<void>;
  /** Starts it again where it was. @throws FailedError where it does not get ready. */
  restart(): Promise<void>;
  /** SIGSTOP: its connections stand, and nothing answers. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Bends what it says from now on; null: no more. Without a relay in between there is nothing to bend. */
  bend(bend: Bend | null): void;
}

interface ServerParts {
  readonly scratch: Scratch;
  readonly openRuntime: OpenNative;
  readonly ports: PortAllocator;
  readonly signal: AbortSignal;
}

const readyTimeoutMs = 20_000;
const job = { job: 'headers', request: { 'x-filtered': '1' }, response: {} };

/**
 * Starts the external server, with a relay in front of it where that is asked for.
 * @throws FailedError where it does not get ready; nothing is left then.
 */
export async function startFaultyServer(
  { scratch, openRuntime, ports, signal }: ServerParts,
  protocol: 'ext-proc' | 'ext-authz-grpc',
  path: 'direct' | 'relay',
): Promise<FaultyServer> {
  const runtime = openRuntime({ scratch, ports: samePorts(ports) });
  const start = (): Promise<RunningWorkload> =>
    runtime.start(
      {
        name: 'ext-server',
        role: 'ext-server',
        program: prebuilt.extServer,
        reads: [prebuilt.extServer],
        ports: ['listen', 'admin'],
        cpus: anywhere.serverCpus,
        files: () => ({ 'job.json': JSON.stringify(job) }),
        args: (inside) => [
          ...['--protocol', protocol],
          ...['--listen', textOf(inside.bind('listen'))],
          ...['--admin', textOf(inside.bind('admin'))],
          ...['--job', inside.file('job.json')],
        ],
        ready: { port: 'admin', path: '/ready', timeoutMs: readyTimeoutMs },
      },
      signal,
    );
  let server: RunningWorkload;
  let relay: Relay | null;
  try {
    server = await start();
    relay = path === 'relay' ? await openRelay(server.address('listen')) : null;
  } catch (error) {
    await runtime[Symbol.asyncDispose]();
    throw error;
  }
  const send = (name: NodeJS.Signals) => {
    if (server.pid !== null) process.kill(server.pid, name);
  };
  return {
    address: relay?.address ?? server.address('listen'),
    async kill() {
      send('SIGKILL');
      await server.exited;
    },
    async restart() {
      server = await start();
    },
    pause: async () => send('SIGSTOP'),
    resume: async () => send('SIGCONT'),
    bend: (bend) => relay?.bend(bend),
    async [Symbol.asyncDispose]() {
      await relay?.[Symbol.asyncDispose]();
      await runtime[Symbol.asyncDispose]();
    },
  };
}

/** The same port for the same purpose each time, so that what comes back is where it was. */
function samePorts(ports: PortAllocator): PortAllocator {
  const given = new Map<string, number>();
  return {
    async next(purpose) {
      const port = given.get(purpose) ?? (await ports.next(purpose));
      given.set(purpose, port);
      return port;
    },
  };
}

function textOf({ host, port }: TcpAddress): string {
  return `${host}:${port}`;
}
