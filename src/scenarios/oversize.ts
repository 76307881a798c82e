import { buildBody, chatFrame } from './bodies.js';
import { wordsOf } from './expand.js';
import type { Scenario } from './scenario.js';

/** A body that is larger than Envoy may hold, and what should become of it all the same. */
export interface Oversize {
  readonly way: 'request' | 'response';
  /** Of requests: as the scenario's cases send them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly sent: string;
  /** What should come out on the other side; null where nothing may. */
  readonly wanted: string | null;
  /** Whether it may be written anew in other words of the same length: JSON whose members change places. */
  readonly isAnew?: true;
  /** Of requests: the refusal that the client should get in place of an answer. */
  readonly refusal?: string;
  /** Of requests: a header that should come with it. */
  readonly header?: readonly [name: string, value: string];
}

// A quarter more than Envoy holds: far enough above to be no matter of a few bytes of framing.
const oversizeBytes = 5 * 1_024 * 1_024;
const card = '4111111111111111';

/** The bodies that tell what a scenario's filter does above the buffer limit; none where its job looks at no body. */
export function oversizesOf({ job, phases }: Pick<Scenario, 'job' | 'phases'>): Oversize[] {
  if (!phases.includes('request-body')) return [];
  switch (job.job) {
    case 'inspect':
      return [inspected(job)];
    case 'redact':
      return [
        { way: 'request', ...redacted(job) },
        { way: 'response', ...redacted(job) },
      ];
    case 'json-rewrite':
      return [rewritten(job)];
    case 'model-routing': {
      const sent = chat(job);
      return [{ way: 'request', headers: json, sent, wanted: sent, header: ['x-model', model] }];
    }
    default:
      return [];
  }
}

const model = 'gpt-large';
const json = { 'content-type': 'application/json' };
const text = { 'content-type': 'text/plain' };

function chat(job: Scenario['job']): string {
  const [head, tail] = chatFrame(model);
  return head + prose(job, oversizeBytes - head.length - tail.length) + tail;
}

function rewritten(job: Scenario['job']): Oversize {
  const sent = chat(job);
  const member = (value: unknown) => `${JSON.stringify(job.field)}:${JSON.stringify(value)}`;
  return {
    way: 'request',
    headers: json,
    sent,
    wanted: sent.replace(member(model), member(job.value)),
    isAnew: true,
  };
}

/** The card number is in what a filter that gave up at the limit has not seen. */
function inspected(job: Scenario['job']): Oversize {
  const sent = put(prose(job), card, oversizeBytes - margin);
  return { way: 'request', headers: text, sent, wanted: null, refusal: 'Blocked: card number.' };
}

/** One at each end, so that masking a part is told from masking all. */
function redacted(job: Scenario['job']): Omit<Oversize, 'way'> {
  const both = (what: string) => put(put(prose(job), what, margin), what, oversizeBytes - margin);
  return { headers: text, sent: both(card), wanted: both('*'.repeat(card.length)) };
}

const margin = 1_024;

const partBytes = 65_536;

// Repeated, as nothing hangs on its words and to make so much of them takes a third of a second.
function prose(job: Scenario['job'], bytes = oversizeBytes): string {
  const part = buildBody({ kind: 'prose', bytes: partBytes, words: wordsOf(job), index: 0 });
  return part.repeat(Math.ceil(bytes / partBytes)).slice(0, bytes);
}

function put(body: string, what: string, at: number): string {
  return body.slice(0, at) + what + body.slice(at + what.length);
}
