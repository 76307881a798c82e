import { z } from 'zod';
import { FailedError } from '../errors.js';
import type { WireRequest } from '../load/slice.js';
import type { TcpAddress } from '../runtime/types.js';
import type { ConcreteRequest } from './mix.js';
import type { ScenarioCase } from './schema.js';
import { type Answer, joinHeaders, sendOnce } from './send-once.js';

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

const echoSchema = z.object({
  method: z.string(),
  path: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
});

// Enough to see what was wrong, and evidence.ndjson stays small.
const keptBodyChars = 512;

/** Sends one case of a scenario through the filter to the echo upstream, and compares both ends with what must come out. */
export async function proveCase(
  target: ProofTarget,
  { request, expect }: ScenarioCase,
): Promise<CaseOutcome> {
  const sent = { ...request, path: '/__probe' };
  try {
    const before = await requestsSeen(target.echoAdmin);
    const answer = await sendOnce(target.envoy, sent);
    const reached = (await requestsSeen(target.echoAdmin)) - before;
    const received = reached > 0 ? parseEcho(answer.body) : null;
    const problems = [
      ...compareAnswer(expect.client, answer),
      ...compareUpstream(sent.headers, expect.upstream?.headers ?? null, received, reached),
    ];
    return {
      problem: problems.join('; ') || null,
      request: sent,
      observed: { client: shorten(answer), upstream: received },
    };
  } catch (error) {
    return { problem: String(error), request: sent, observed: null };
  }
}

/**
 * Sends one request of the load mix once over the route that load uses.
 * @returns the outcome, and the request as load will send it, with the exact length of its answer (null where it failed).
 */
export async function proveLoadRequest(
  target: ProofTarget,
  { expect, ...request }: ConcreteRequest,
): Promise<CaseOutcome & { wire: WireRequest | null }> {
  try {
    const answer = await sendOnce(target.envoy, request);
    const problem = compareAnswer(expect, answer).join('; ') || null;
    const wire = { ...request, expect: { status: expect.status, wireBytes: answer.wireBytes } };
    return { problem, request, observed: { client: shorten(answer) }, wire: problem === null ? wire : null };
  } catch (error) {
    return { problem: String(error), request, observed: null, wire: null };
  }
}

function compareAnswer(expected: ScenarioCase['expect']['client'], answer: Answer): string[] {
  const problems: string[] = [];
  if (answer.status !== expected.status)
    problems.push(`status ${answer.status}, expected ${expected.status}`);
  problems.push(...compareHeaders('response', expected.headers, answer.headers, envoysResponseHeaders));
  if (expected.body !== undefined && answer.body !== expected.body) {
    problems.push(
      `body ${JSON.stringify(answer.body.slice(0, 80))}, expected ${JSON.stringify(expected.body)}`,
    );
  }
  return problems;
}

function compareUpstream(
  sent: Headers,
  expected: ExpectedHeaders | null,
  received: { headers: Headers } | null,
  reached: number,
): string[] {
  if (expected === null)
    return reached === 0 ? [] : [`reached the upstream ${reached} times, expected never`];
  if (received === null || reached !== 1) return [`reached the upstream ${reached} times, expected once`];
  // What the filter is not asked to change must come through as it was sent.
  return compareHeaders('request', { ...sent, ...expected }, received.headers, envoysRequestHeaders);
}

type Headers = Readonly<Record<string, string>>;
type ExpectedHeaders = Readonly<Record<string, string | null>>;

// What Envoy and HTTP put in by themselves; anything else that nobody asked for is a fault of the filter.
const envoysRequestHeaders = new Set(['host', 'x-forwarded-proto', 'content-length', 'transfer-encoding']);
const envoysResponseHeaders = new Set([
  'content-length',
  'content-type',
  'date',
  'server',
  'transfer-encoding',
]);

function compareHeaders(
  which: string,
  expected: ExpectedHeaders,
  got: Headers,
  envoys: ReadonlySet<string>,
): string[] {
  const wrong = Object.entries(expected).flatMap(([name, value]) => {
    const found = got[name] ?? null;
    return found === value ? [] : [`${which} header ${name} is ${show(found)}, expected ${show(value)}`];
  });
  const added = Object.keys(got).filter((name) => !Object.hasOwn(expected, name) && !envoys.has(name));
  return [...wrong, ...added.map((name) => `${which} header ${name} was added: ${show(got[name] ?? null)}`)];
}

function show(value: string | null): string {
  return value === null ? 'absent' : JSON.stringify(value);
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
  const received = parseEcho(answer.body);
  if (received) return received.headers;
  throw new FailedError(
    `the upstream did not answer a probe: status ${answer.status}`,
    'see the log of Envoy',
  );
}

function parseEcho(body: string) {
  const { method, path, headers } = echoSchema.parse(JSON.parse(body));
  return { method, path, headers: joinHeaders(headers.flat()) };
}

function shorten(answer: Answer): Answer {
  return { ...answer, body: answer.body.slice(0, keptBodyChars) };
}

const countTimeoutMs = 3_000;

async function requestsSeen({ host, port }: TcpAddress): Promise<number> {
  const response = await fetch(`http://${host}:${port}/count`, {
    signal: AbortSignal.timeout(countTimeoutMs),
  });
  return z.object({ requests: z.number() }).parse(await response.json()).requests;
}
