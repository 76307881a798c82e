import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TcpAddress } from '../../../src/runtime/types.js';
import { serve } from '../../load/local-server.js';
import { framingOf, type Message, sendPieces } from './messages.js';

/** What the upstream got of a request. */
export interface Arrived {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** An upstream that keeps every byte it gets, and answers each exchange as it was told for it. */
export interface RecordingUpstream extends AsyncDisposable {
  readonly address: TcpAddress;
  /** Says what the request with this value of `x-exchange` will be answered with. */
  tell(exchange: string, answer: Message): void;
  /** What came of that request, null where nothing did; the exchange is forgotten. */
  take(exchange: string): Arrived | null;
}

/** The request header that says which exchange a request is of. */
export const exchangeHeader = 'x-exchange';

export async function recordingUpstream(): Promise<RecordingUpstream> {
  const told = new Map<string, Message>();
  const arrived = new Map<string, Arrived>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = String(request.headers[exchangeHeader]);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    arrived.set(exchange, { headers: request.headers, body: Buffer.concat(chunks) });
    const message = told.get(exchange);
    response.sendDate = false;
    if (message === undefined) {
      response.writeHead(500).end(`nobody told an answer for "${exchange}"`);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/octet-stream', ...framingOf(message) });
    await sendPieces(response, message);
  }

  const server = await serve((request, response) => {
    // A request that breaks off never arrived.
    answer(request, response).catch(() => response.destroy());
  });
  return {
    address: server.address,
    tell: (exchange, message) => told.set(exchange, message),
    take(exchange) {
      const came = arrived.get(exchange) ?? null;
      told.delete(exchange);
      arrived.delete(exchange);
      return came;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
