import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Received } from './echo-upstream.js';
import type { ClientExpectation, ScenarioCase } from './schema.js';
import type { Answer } from './send-once.js';

/** What of an answer is not as expected, a line each. */
export function compareAnswer(expected: ClientExpectation, answer: Answer): string[] {
  const problems: string[] = [];
  if (answer.status !== expected.status)
    problems.push(`status ${answer.status}, expected ${expected.status}`);
  problems.push(...compareHeaders('response', expected.headers, answer.headers, envoysResponseHeaders));
  if (expected.json !== undefined) problems.push(...compareJson('body', expected.json, answer.body));
  if (expected.body !== undefined && answer.body !== expected.body)
    problems.push(`body ${show(answer.body)}, expected ${show(expected.body)}`);
  return problems;
}

/** The upstream's side of a case. */
export interface AtUpstream {
  readonly sent: { readonly headers: Readonly<Record<string, string>>; readonly body?: string | undefined };
  readonly expected: ScenarioCase['expect']['upstream'];
  readonly received: Received | null;
  /** How many requests came. */
  readonly reached: number;
}

/** What of the upstream's side is not as expected, a line each. */
export function compareUpstream({ sent, expected, received, reached }: AtUpstream): string[] {
  if (expected === null)
    return reached === 0 ? [] : [`reached the upstream ${reached} times, expected never`];
  if (received === null || reached !== 1) return [`reached the upstream ${reached} times, expected once`];
  // What the filter is not asked to change must come through as it was sent.
  const headers = { ...sent.headers, ...expected.headers };
  return [
    ...compareHeaders('request', headers, received.headers, envoysRequestHeaders),
    ...compareReceivedBody(expected, sent.body ?? '', received),
  ];
}

function compareReceivedBody(
  expected: NonNullable<AtUpstream['expected']>,
  sent: string,
  { body, bodyBytes, bodySha256 }: Received,
): string[] {
  if (expected.json !== undefined) {
    if (body === null) return [`a request body of ${bodyBytes} bytes is too long to be compared as JSON`];
    return compareJson('request body', expected.json, body);
  }
  const wanted = expected.body ?? sent;
  if (createHash('sha256').update(wanted).digest('hex') === bodySha256) return [];
  const got = body === null ? `has ${bodyBytes} bytes` : `is ${show(body)}`;
  return [`request body ${got}, expected ${show(wanted)}`];
}

function compareJson(which: string, expected: unknown, text: string): string[] {
  try {
    if (isDeepStrictEqual(JSON.parse(text), expected)) return [];
  } catch {
    return [`${which} ${show(text)} is no JSON`];
  }
  return [`${which} ${show(text)}, expected the JSON ${show(JSON.stringify(expected))}`];
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

// Enough to see what was wrong.
const shownChars = 80;

function show(value: string | null): string {
  if (value === null) return 'absent';
  const more = value.length - shownChars;
  return `${JSON.stringify(value.slice(0, shownChars))}${more > 0 ? ` and ${more} more` : ''}`;
}
