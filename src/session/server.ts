import { bodyBytes } from '../load/body-bytes.js';
import type { Variant } from '../mechanisms/index.js';
import { prebuilt } from '../mechanisms/prebuilt.js';
import type { ArmIdentity } from '../results/schema/index.js';
import type { Address, Inside, RunningWorkload } from '../runtime/types.js';
import { jobOfServer, type Scenario } from '../scenarios/scenario.js';
import { type ArmContext, workloadName } from './arm.js';

const readyTimeoutMs = 10_000;

/** Starts the external server of an arm; null where its variant needs none. */
export async function startServer(
  { runtime, scenario, placement, signal, envPadding, serverEnv }: ArmContext,
  arm: ArmIdentity,
  variant: Variant | null,
): Promise<RunningWorkload | null> {
  const server = variant?.server;
  if (!server) return null;
  const listen = (inside: Inside): Address =>
    server.transport === 'uds' ? { socket: inside.socket(workloadName(arm)) } : inside.bind('listen');
  const common = {
    name: `${workloadName(arm)}-server`,
    role: 'ext-server',
    program: server.program,
    cpus: placement.serverCpus,
    files: () => ({ [jobFile]: JSON.stringify(variant.job ?? jobOfServer(scenario)) }),
    env: () => ({ FILTERBENCH_PADDING: envPadding, ...serverEnv }),
  } as const;
  if (server.protocol === 'own') {
    return runtime.start(
      {
        ...common,
        reads: [server.program, ...server.reads],
        ports: ['listen'],
        args: (inside) =>
          server.args(inside, { listen: asText(inside.bind('listen')), job: inside.file(jobFile) }),
        ready: { port: 'listen', accepts: true, timeoutMs: readyTimeoutMs },
      },
      signal,
    );
  }
  return runtime.start(
    {
      ...common,
      reads: [server.program],
      ports: server.transport === 'uds' ? ['admin'] : ['listen', 'admin'],
      args: (inside) => [
        ...['--protocol', server.protocol],
        ...['--listen', asText(listen(inside))],
        ...['--admin', asText(inside.bind('admin'))],
        ...['--job', inside.file(jobFile)],
      ],
      ready: { port: 'admin', path: '/ready', timeoutMs: readyTimeoutMs },
    },
    signal,
  );
}

type UpstreamContext = Pick<ArmContext, 'runtime' | 'placement' | 'signal'>;

/** Starts the upstream of proofs: it answers with what it received, or what it is told to. */
export function startEcho(context: UpstreamContext): Promise<RunningWorkload> {
  return startUpstream(context, 'echo', null);
}

/** Starts the upstream of load: it reads a request to its end, and answers always the same. */
export function startSink(
  context: UpstreamContext,
  { answer }: Pick<Scenario, 'answer'>,
): Promise<RunningWorkload> {
  return startUpstream(context, 'sink', answer && bodyBytes(answer).toString('latin1'));
}

function startUpstream(
  { runtime, placement, signal }: UpstreamContext,
  mode: 'echo' | 'sink',
  answer: string | null,
): Promise<RunningWorkload> {
  return runtime.start(
    {
      name: mode,
      role: 'upstream',
      program: prebuilt.upstream,
      reads: [prebuilt.upstream],
      ports: ['listen', 'admin'],
      cpus: placement.upstreamCpus,
      ...(answer !== null && { files: () => ({ [answerFile]: answer }) }),
      args: (inside) => [
        ...['--mode', mode],
        ...['--listen', asText(inside.bind('listen'))],
        ...['--admin', asText(inside.bind('admin'))],
        ...(answer === null ? [] : ['--answer', inside.file(answerFile)]),
      ],
      ready: { port: 'admin', path: '/ready', timeoutMs: readyTimeoutMs },
    },
    signal,
  );
}

const jobFile = 'job.json';
const answerFile = 'answer.txt';

function asText(address: Address): string {
  return 'socket' in address ? `unix:${address.socket}` : `${address.host}:${address.port}`;
}
