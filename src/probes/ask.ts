import type { Exchange } from '../results/schema/index.js';
import {
  lastReceived,
  type Received,
  requestsSeen,
  setNextAnswer,
  type UpstreamAnswer,
} from '../scenarios/echo-upstream.js';
import { type Answer, type ProofRequest, sendOnce } from '../scenarios/send-once.js';
import type { Place, ProbedRunning } from './place.js';

/** One request through the filter, and what both ends saw. */
export interface Asked {
  /** Null where no whole answer came. */
  readonly client: Answer | null;
  /** Why none came. */
  readonly problem: string | null;
  /** Null where nothing went upstream. */
  readonly upstream: Received | null;
  /** As evidence keeps it; `server` is what the external server was told meanwhile. */
  exchange(server?: readonly unknown[]): Exchange;
}

/** What the upstream answers where a probe says nothing else. */
export const plainAnswer: UpstreamAnswer = { headers: {}, body: 'from the upstream' };

const probePath = '/__probe';
// Enough to see what was changed, and evidence stays small.
const keptChars = 512;

/** Sends a request through a probed Envoy to the echo upstream. */
export async function ask(
  { echo }: Pick<Place, 'echo'>,
  envoy: Pick<ProbedRunning, 'listener'>,
  request: Omit<ProofRequest, 'path'>,
  answer: UpstreamAnswer = plainAnswer,
): Promise<Asked> {
  const admin = echo.address('admin');
  await setNextAnswer(admin, answer);
  const before = await requestsSeen(admin);
  const sent: ProofRequest = { ...request, path: probePath };
  let client: Answer | null = null;
  let problem: string | null = null;
  try {
    client = await sendOnce(envoy.listener, sent);
  } catch (error) {
    problem = String(error);
  }
  const reached = (await requestsSeen(admin)) > before;
  const upstream = reached ? await lastReceived(admin) : null;
  return {
    client,
    problem,
    upstream,
    exchange: (server = []) => ({
      request: shortened(sent),
      client: client ? shortened(client) : { problem },
      upstream: upstream && shortened(upstream),
      server: [...server],
    }),
  };
}

function shortened(message: object): object {
  const { body } = message as { body?: unknown };
  return typeof body === 'string' ? { ...message, body: body.slice(0, keptChars) } : message;
}
