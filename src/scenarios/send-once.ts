import { Agent, type ClientRequest, type OutgoingHttpHeaders, request } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { bodyBytes } from '../load/body-bytes.js';
import type { TcpAddress } from '../runtime/types.js';
import type { BodySource } from './bodies.js';

/** A request as a proof sends it. */
export interface ProofRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: BodySource | undefined;
  /** The body is sent in so many parts, with pauses; an answer before the last one is an error. */
  readonly pieces?: number | undefined;
}

/** What a client got for one request. */
export interface Answer {
  readonly status: number;
  /** Lower-case names; several values of one name are joined by a comma and a space. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Length of the whole response on the wire. */
  readonly wireBytes: number;
}

/** Sends requests one after the other over one connection, for as long as the other side keeps it. */
export interface KeptConnection extends Disposable {
  /** @throws Error where no whole answer came within 3 s, or one before the body was sent. */
  send(request: ProofRequest): Promise<Answer>;
  /** How many connections it took so far. */
  opened(): number;
}

const timeoutMs = 3_000;
/** The code of the error that says that no answer came in time. */
export const noAnswerCode = 'ETIMEDOUT';
// Enough that pieces are read one by one; before the last one, that an arm which does not wait for it has answered.
const pauseMs = 2;
const lastPauseMs = 20;

/**
 * Sends one request over a connection of its own, asking to keep it (so that the answer is the one that load gets).
 * @throws Error where no whole answer came within 3 s, or one before the body was sent.
 */
export async function sendOnce(target: TcpAddress, request: ProofRequest): Promise<Answer> {
  using connection = keepConnection(target);
  return await connection.send(request);
}

/** A connection for several requests; it is opened by the first one. */
export function keepConnection(target: TcpAddress): KeptConnection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<Socket>();
  return {
    send: (request) => send(target, request, agent, sockets),
    opened: () => sockets.size,
    [Symbol.dispose]: () => agent.destroy(),
  };
}

function send(
  target: TcpAddress,
  { method, path, headers, body, pieces = 1 }: ProofRequest,
  agent: Agent,
  sockets: Set<Socket>,
): Promise<Answer> {
  const bytes = body === undefined ? null : bodyBytes(body);
  const outgoing: OutgoingHttpHeaders = { ...headers };
  if (bytes) outgoing['content-length'] = bytes.length;
  return new Promise((resolve, reject) => {
    let isSent = false;
    let before = 0;
    const call = request(
      { ...target, method, path, headers: outgoing, agent, timeout: timeoutMs },
      (response) => {
        if (!isSent) {
          reject(new Error(`answered before the body was sent: status ${response.statusCode}`));
          call.destroy();
          return;
        }
        // An agent that keeps the connection takes the socket away at the end.
        const { socket } = response;
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: joinHeaders(response.rawHeaders),
            body: Buffer.concat(chunks).toString('utf8'),
            wireBytes: socket.bytesRead - before,
          }),
        );
      },
    );
    call.on('socket', (socket) => {
      sockets.add(socket);
      before = socket.bytesRead;
    });
    call.on('timeout', () =>
      call.destroy(Object.assign(new Error(`no answer within ${timeoutMs} ms`), { code: noAnswerCode })),
    );
    call.on('error', reject);
    writeBody(call, bytes, pieces, () => {
      isSent = true;
    }).catch(reject);
  });
}

async function writeBody(
  call: ClientRequest,
  bytes: Buffer | null,
  pieces: number,
  beforeLast: () => void,
): Promise<void> {
  const length = bytes?.length ?? 0;
  const cut = (piece: number) => Math.floor((length * piece) / pieces);
  for (let piece = 0; piece < pieces - 1; piece += 1) {
    call.write(bytes?.subarray(cut(piece), cut(piece + 1)) ?? '');
    await sleep(piece === pieces - 2 ? lastPauseMs : pauseMs);
    if (call.destroyed) return;
  }
  beforeLast();
  call.end(bytes?.subarray(cut(pieces - 1)));
}

/** Name and value pairs, one after the other, as one record. */
export function joinHeaders(raw: readonly string[]): Record<string, string> {
  const joined: Record<string, string> = {};
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    const value = raw[index + 1] ?? '';
    const before = joined[name];
    joined[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return joined;
}
