import { FailedError } from '../errors.js';
import type { WireRequest } from '../load/slice.js';
import type { TcpAddress } from '../runtime/types.js';
import { compareAnswer, compareUpstream } from './compare.js';
import {
  lastReceived,
  parseEcho,
  type Received,
  requestsSeen,
  setNextAnswer,
  type UpstreamAnswer,
} from './echo-upstream.js';
import type { ConcreteRequest } from './mix.js';
import type { ScenarioCase } from './schema.js';
import { type Answer, keepConnection, sendOnce } from './send-once.js';

/** The measured Envoy, and the echo upstream behind its `/__probe`. */
export interface ProofTarget {
  readonly envoy: TcpAddress;
  /** Where the echo upstream tells how many requests it got. */
  readonly echoAdmin: TcpAddress;
}

/** What one case showed; `problem` is null where it is as expected. */
export interface CaseOutcome {
  readonly problem: string | null;
  readonly request: unknown;
  readonly observed: unknown;
}

// Enough to see what was wrong, and evidence.ndjson stays small.
const keptBodyChars = 512;

/**
 * Sends one case of a scenario through the filter to the echo upstream, and compares both ends with what must come out.
 * @param hasBodies whether the upstream answers with a body of the case's; else with its account of the request
 */
export async function proveCase(
  target: ProofTarget,
  item: ScenarioCase,
  hasBodies = false,
): Promise<CaseOutcome> {
  const sent = { ...item.request, path: '/__probe' };
  const request = shortened(sent);
  const answers = hasBodies || item.answer !== undefined || item.request.body !== undefined;
  const given = answers ? (item.answer ?? { headers: {}, body: 'ok' }) : null;
  try {
    if (given) await setNextAnswer(target.echoAdmin, given);
    const before = await requestsSeen(target.echoAdmin);
    const answer = await sendOnce(target.envoy, sent);
    const reached = (await requestsSeen(target.echoAdmin)) - before;
    const received = reached > 0 ? await receivedOf(target, answer, given) : null;
    const problems = [
      ...compareAnswer(expectedOfClient(item.expect, given), answer),
      ...compareUpstream({ sent, expected: item.expect.upstream, received, reached }),
    ];
    const observed = { client: shortened(answer), upstream: received && shortened(received) };
    return { problem: problems.join('; ') || null, request, observed };
  } catch (error) {
    return { problem: String(error), request, observed: null };
  }
}

async function receivedOf(
  { echoAdmin }: ProofTarget,
  answer: Answer,
  given: UpstreamAnswer | null,
): Promise<Received> {
  return given ? await lastReceived(echoAdmin) : parseEcho(JSON.parse(answer.body));
}

/** What the upstream answers must come through, too, but for what the case says otherwise. */
function expectedOfClient(
  { client, upstream }: ScenarioCase['expect'],
  given: UpstreamAnswer | null,
): ScenarioCase['expect']['client'] {
  if (!given || upstream === null) return client;
  const says = client.body !== undefined || client.json !== undefined;
  return {
    ...client,
    headers: { ...lowerCase(given.headers), ...client.headers },
    ...(!says && { body: given.body }),
  };
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/**
 * Sends one request of the load mix over the route that load uses. One with a body goes twice over one connection: first
 * with a pause in its body, which nothing may answer, then as load sends it.
 * @returns the outcome, and the request as load will send it, with the exact length of its answer (null where it failed).
 */
export async function proveLoadRequest(
  target: ProofTarget,
  { expect, ...request }: ConcreteRequest,
): Promise<CaseOutcome & { wire: WireRequest | null }> {
  try {
    using connection = keepConnection(target.envoy);
    const problems: string[] = [];
    if (request.body !== undefined)
      problems.push(...compareAnswer(expect, await connection.send({ ...request, pieces: 2 })));
    const answer = await connection.send(request);
    problems.push(...compareAnswer(expect, answer));
    if (connection.opened() > 1) problems.push('the connection was closed after its first answer');
    const problem = [...new Set(problems)].join('; ') || null;
    const wire = { ...request, expect: { status: expect.status, ...lengthOf(answer) } };
    const observed = { client: shortened(answer) };
    return { problem, request, observed, wire: problem === null ? wire : null };
  } catch (error) {
    return { problem: String(error), request, observed: null, wire: null };
  }
}

/** How long load's answers are: of one in chunks only the payload is the same each time. */
function lengthOf({ headers, body, wireBytes }: Answer): { wireBytes: number; isChunked?: true } {
  const isChunked = headers['transfer-encoding']?.toLowerCase() === 'chunked';
  return isChunked ? { wireBytes: Buffer.byteLength(body), isChunked } : { wireBytes };
}

/**
 * What the echo upstream received of one request that goes through the filter.
 * @throws FailedError where no such answer came.
 */
export async function receivedUpstream(
  target: ProofTarget,
  headers: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const answer = await sendOnce(target.envoy, { method: 'GET', path: '/__probe', headers });
  if (answer.status === 200) return parseEcho(JSON.parse(answer.body)).headers;
  throw new FailedError(
    `the upstream did not answer a probe: status ${answer.status}`,
    'see the log of Envoy',
  );
}

function shortened<T extends { readonly body?: string | null | undefined }>(message: T): T {
  return {
    ...message,
    ...(typeof message.body === 'string' && { body: message.body.slice(0, keptBodyChars) }),
  };
}
