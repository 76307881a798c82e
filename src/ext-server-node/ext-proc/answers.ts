import { type BodyJob, decide, emptyBody, type HeadersAction, type Job } from '../jobs/job.js';
import { asHeaderBytes } from '../jobs/table.js';
import { type BodyPhase, replaceBody } from './body-mutation.js';
import type { HttpHeaders } from './messages.js';
import { deny, type Phase, pass } from './wording.js';

/** One encoded answer, and whether it keeps the request from the upstream. */
export interface Answer {
  readonly message: Buffer;
  readonly denied: boolean;
}

/** The answers of one job, encoded ahead wherever they are always the same. */
export interface Answers {
  toRequestHeaders(headers: HttpHeaders): Answer;
  readonly toResponseHeaders: Answer;
  /** Null where the job needs to see no such body. */
  readonly toRequestBody: ((body: Buffer) => Answer) | null;
  readonly toResponseBody: ((body: Buffer) => Answer) | null;
}

/** The answers of `job`. */
export function answersOf(job: Job): Answers {
  const byAction = encodedActions(job);
  const { lookup } = job.onRequestHeaders;
  const toRequestBody = job.onRequestBody && bodyAnswers('request_body', job.onRequestBody);
  // A request without a body has no phase of its own for it.
  const withoutBody = job.onRequestBody && bodyAnswers('request_headers', job.onRequestBody)(emptyBody);
  const encoded = (action: HeadersAction) => byAction.get(action) ?? ofHeaders(action);
  const always = lookup === null ? encoded(job.onRequestHeaders.otherwise) : null;
  return {
    toRequestHeaders(headers) {
      if (withoutBody && headers.end_of_stream) return withoutBody;
      if (always) return always;
      const value = lookup === null ? undefined : headerValue(lookup, headers);
      return encoded(decide(job.onRequestHeaders, value));
    },
    toResponseHeaders: passed(pass('response_headers', job.responseHeaders)),
    toRequestBody,
    toResponseBody: job.onResponseBody && bodyAnswers('response_body', job.onResponseBody),
  };
}

function encodedActions({ onRequestHeaders: { known, otherwise } }: Job): ReadonlyMap<HeadersAction, Answer> {
  return new Map([...known.values(), otherwise].map((action) => [action, ofHeaders(action)]));
}

function ofHeaders(action: HeadersAction): Answer {
  if (action.kind === 'deny') return { message: deny(action.denial), denied: true };
  return passed(pass('request_headers', action.headers));
}

function bodyAnswers(phase: Phase, look: BodyJob): (body: Buffer) => Answer {
  const unchanged = passed(pass(phase, []));
  return (body) => {
    const action = look(body);
    switch (action.kind) {
      case 'continue':
        return unchanged;
      case 'set':
        return passed(pass(phase, [action.header], true));
      case 'deny':
        return { message: deny(action.denial), denied: true };
      case 'replace':
        return isBody(phase) ? passed(replaceBody(phase, action.parts)) : unchanged;
    }
  };
}

function isBody(phase: Phase): phase is BodyPhase {
  return phase === 'request_body' || phase === 'response_body';
}

function passed(message: Buffer): Answer {
  return { message, denied: false };
}

function headerValue(name: string, { headers }: HttpHeaders): string | undefined {
  const header = headers?.headers?.find(({ key }) => key === name);
  if (!header) return undefined;
  return header.raw_value ? header.raw_value.toString('latin1') : asHeaderBytes(header.value ?? '');
}
