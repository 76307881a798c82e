import type { Variant } from '../mechanisms/index.js';
import { prebuilt } from '../mechanisms/prebuilt.js';
import type { ArmIdentity } from '../results/schema/index.js';
import type { Address, Inside, RunningWorkload } from '../runtime/types.js';
import { type ArmContext, workloadName } from './arm.js';

const readyTimeoutMs = 10_000;

/** Starts the external server of an arm; null where its variant needs none. */
export async function startServer(
  { runtime, scenario, placement, signal, envPadding }: ArmContext,
  arm: ArmIdentity,
  variant: Variant | null,
): Promise<RunningWorkload | null> {
  const server = variant?.server;
  if (!server) return null;
  const listen = (inside: Inside): Address =>
    server.transport === 'uds' ? { socket: inside.socket(workloadName(arm)) } : inside.bind('listen');
  return runtime.start(
    {
      name: `${workloadName(arm)}-server`,
      role: 'ext-server',
      program: server.program,
      reads: [server.program],
      ports: server.transport === 'uds' ? ['admin'] : ['listen', 'admin'],
      cpus: placement.serverCpus,
      files: () => ({ 'job.json': JSON.stringify(variant.job ?? scenario.job) }),
      env: () => ({ FILTERBENCH_PADDING: envPadding }),
      args: (inside) => [
        ...['--protocol', server.protocol],
        ...['--listen', asText(listen(inside))],
        ...['--admin', asText(inside.bind('admin'))],
        ...['--job', inside.file('job.json')],
      ],
      ready: { port: 'admin', path: '/ready', timeoutMs: readyTimeoutMs },
    },
    signal,
  );
}

/** Starts the upstream that answers with what it received. */
export function startEcho({
  runtime,
  placement,
  signal,
}: Pick<ArmContext, 'runtime' | 'placement' | 'signal'>) {
  return runtime.start(
    {
      name: 'echo',
      role: 'upstream',
      program: prebuilt.upstream,
      reads: [prebuilt.upstream],
      ports: ['listen', 'admin'],
      cpus: placement.upstreamCpus,
      args: (inside) => [
        ...['--mode', 'echo'],
        ...['--listen', asText(inside.bind('listen'))],
        ...['--admin', asText(inside.bind('admin'))],
      ],
      ready: { port: 'admin', path: '/ready', timeoutMs: readyTimeoutMs },
    },
    signal,
  );
}

function asText(address: Address): string {
  return 'socket' in address ? `unix:${address.socket}` : `${address.host}:${address.port}`;
}
