import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProofTarget } from '../../src/scenarios/prove.js';
import { serve } from '../load/local-server.js';

/** What a fake Envoy with its filter does to messages. */
export interface FakeFilter {
  request?(body: string): string;
  response?(body: string): string;
  /** Answers at the headers. */
  readonly early?: boolean;
  /** Closes after each answer. */
  readonly closes?: boolean;
  /** Never answers. */
  readonly hangs?: boolean;
  /** Cuts the connection off once it has read the request. */
  readonly breaks?: boolean;
  /** Refuses by itself, whatever comes. */
  readonly denies?: string;
}

/** An Envoy with the echo upstream behind it, in one. */
export interface FakeEnvoy extends AsyncDisposable {
  readonly target: ProofTarget;
}

type Answer = { headers: [string, string][]; body: string };

export async function fakeEnvoy(filter: FakeFilter = {}): Promise<FakeEnvoy> {
  let requests = 0;
  let last: unknown = null;
  let next: Answer | null = null;

  async function envoy(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (filter.closes) response.setHeader('connection', 'close');
    if (filter.early) response.end('ok');
    const sent = await bodyOf(request);
    if (filter.early) return;
    if (filter.hangs) return;
    if (filter.breaks) {
      response.destroy();
      return;
    }
    if (filter.denies !== undefined) {
      response.writeHead(403).end(filter.denies);
      return;
    }
    if (request.url !== '/__probe') {
      response.end('ok');
      return;
    }
    const body = filter.request?.(sent) ?? sent;
    requests += 1;
    last = {
      method: request.method,
      path: request.url,
      headers: Object.entries(request.headers).filter(([name]) => name !== 'connection'),
      bodyBytes: Buffer.byteLength(body),
      bodySha256: createHash('sha256').update(body).digest('hex'),
      body: body.length > 64 * 1_024 ? null : body,
    };
    const answer = next ?? { headers: [], body: JSON.stringify(last) };
    next = null;
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.end(filter.response?.(answer.body) ?? answer.body);
  }

  async function admin(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/answer') next = JSON.parse(await bodyOf(request));
    response.end(JSON.stringify(request.url === '/last' ? last : { requests }));
  }

  const proxy = await serve(unlessCut(envoy));
  const own = await serve(unlessCut(admin));
  return {
    target: { envoy: proxy.address, echoAdmin: own.address },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await own[Symbol.asyncDispose]();
    },
  };
}

// A client that goes away in the middle of its body is no fault of the server.
function unlessCut(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>) {
  return (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch(() => response.destroy());
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
