import { JobError } from '../jobs/config.js';
import {
  type BodyAction,
  type Denial,
  decide,
  emptyBody,
  type Header,
  type HeadersAction,
  type Job,
} from '../jobs/job.js';

/** How one protocol says what a check decided. */
export interface Wording<A> {
  /** The request passes with `request` set on it, and its response with `response`: there is no second call for that. */
  pass(request: readonly Header[], response: readonly Header[]): A;
  deny(denial: Denial): A;
}

/** One worded answer, and whether it keeps the request from the upstream. */
export interface Checked<A> {
  readonly answer: A;
  readonly denied: boolean;
}

/** A job as checks of requests. */
export interface Checks<A> {
  /** The one header whose value `check` wants; null: none. */
  readonly lookup: string | null;
  /** Whether `check` wants the body. */
  readonly needsBody: boolean;
  check(lookup: string | undefined, body?: Buffer): Checked<A>;
}

/**
 * The checks of `job`, worded ahead wherever the answer is always the same.
 * @throws JobError where the job changes bodies, which no check can.
 */
export function checksOf<A>(job: Job, wording: Wording<A>): Checks<A> {
  const { onRequestHeaders, onRequestBody, responseHeaders } = job;
  if (job.changesBodies) throw new JobError(`ext_authz cannot do "${job.name}": it changes no bodies`);
  const word = (action: HeadersAction): Checked<A> =>
    action.kind === 'deny'
      ? { answer: wording.deny(action.denial), denied: true }
      : { answer: wording.pass(action.headers, responseHeaders), denied: false };
  const { known, otherwise } = onRequestHeaders;
  const ahead = new Map([...known.values(), otherwise].map((action) => [action, word(action)]));
  const worded = (action: HeadersAction) => ahead.get(action) ?? word(action);
  const ofBody = (action: BodyAction): Checked<A> => {
    if (action.kind === 'deny') return word(action);
    return action.kind === 'set' ? word({ kind: 'set', headers: [action.header] }) : worded(otherwise);
  };
  return {
    lookup: onRequestHeaders.lookup,
    needsBody: onRequestBody !== null,
    check(lookup, body = emptyBody) {
      if (onRequestBody) return ofBody(onRequestBody(body));
      return worded(decide(onRequestHeaders, lookup));
    },
  };
}
