import { Agent, request } from 'node:http';
import type { TcpAddress } from '../../../src/runtime/types.js';
import { framingOf, type Message, sendPieces } from './messages.js';
import { exchangeHeader, type RecordingUpstream } from './upstream.js';

/** A request, and what the upstream answers it with. */
export interface Exchange {
  readonly headers: Readonly<Record<string, string>>;
  readonly request: Message;
  readonly answer: Message;
}

/** Both ends of an exchange: what the client got, and what the upstream. */
export interface Outcome {
  readonly status: number;
  readonly clientBody: Buffer;
  /** Null where the upstream never heard of it. */
  readonly upstream: {
    readonly body: Buffer;
    readonly model: string | null;
    readonly route: string | null;
  } | null;
}

/** One connection to an arm, kept over all exchanges: a body of a wrong length would spoil the next one. */
export interface ArmConnection extends Disposable {
  send(exchange: Exchange, upstream: RecordingUpstream): Promise<Outcome>;
}

const timeoutMs = 20_000;

export function connectTo(target: TcpAddress): ArmConnection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let sent = 0;
  return {
    async send({ headers, request: message, answer }, upstream) {
      sent += 1;
      const exchange = `${target.port}-${sent}`;
      upstream.tell(exchange, answer);
      const outgoing = { ...headers, [exchangeHeader]: exchange, ...framingOf(message) };
      const answered = await post({ target, agent, headers: outgoing, message });
      const came = upstream.take(exchange);
      return {
        status: answered.status,
        clientBody: answered.body,
        upstream: came && {
          body: came.body,
          model: textOf(came.headers['x-model']),
          route: textOf(came.headers['x-bench-route']),
        },
      };
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

function textOf(value: string | string[] | undefined): string | null {
  return value === undefined ? null : String(value);
}

interface Post {
  readonly target: TcpAddress;
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string>>;
  readonly message: Message;
}

function post({ target, agent, headers, message }: Post): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const call = request(
      { ...target, method: 'POST', path: '/__probe', headers, agent, timeout: timeoutMs },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
      },
    );
    call.setNoDelay(true);
    call.on('timeout', () => call.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    call.on('error', reject);
    sendPieces(call, message).catch(reject);
  });
}
