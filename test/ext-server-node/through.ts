import { decide, type Header, type Job } from '../../src/ext-server-node/jobs/job.js';

/** A message on its way. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What came out at both ends; `upstream` is null where the request was answered before it. */
export interface Passed {
  readonly upstream: Message | null;
  readonly client: Message & { readonly status: number };
}

/** What Envoy would do with filters of these jobs in a row, and the route of base.yaml behind them. */
export function through(jobs: readonly Job[], request: Message, answer: Message): Passed {
  let passing = request;
  for (const job of jobs) {
    const { lookup } = job.onRequestHeaders;
    const action = decide(job.onRequestHeaders, lookup === null ? undefined : passing.headers[lookup]);
    if (action.kind === 'deny') return refused(action.denial);
    passing = { ...passing, headers: withHeaders(passing.headers, action.headers) };
    const next = job.onRequestBody?.(Buffer.from(passing.body));
    if (next?.kind === 'deny') return refused(next.denial);
    if (next?.kind === 'set') passing = { ...passing, headers: withHeaders(passing.headers, [next.header]) };
    if (next?.kind === 'replace') passing = { ...passing, body: Buffer.concat(next.parts) };
  }
  const route = passing.headers['x-model'] === 'gpt-large' ? [{ name: 'x-bench-route', value: 'large' }] : [];
  const upstream = { ...passing, headers: withHeaders(passing.headers, route) };
  return { upstream, client: { status: 200, ...backThrough(jobs, answer) } };
}

function backThrough(jobs: readonly Job[], answer: Message): Message {
  return jobs.toReversed().reduce((passing, job) => {
    const next = job.onResponseBody?.(Buffer.from(passing.body));
    return {
      headers: withHeaders(passing.headers, job.responseHeaders),
      body: next?.kind === 'replace' ? Buffer.concat(next.parts) : passing.body,
    };
  }, answer);
}

function refused({ status, body }: { status: number; body: string }): Passed {
  const client = { status, headers: { 'content-type': 'text/plain' }, body: Buffer.from(body) };
  return { upstream: null, client };
}

function withHeaders(headers: Message['headers'], set: readonly Header[]): Message['headers'] {
  return { ...headers, ...Object.fromEntries(set.map(({ name, value }) => [name, value])) };
}
