import { Agent, type OutgoingHttpHeaders, request } from 'node:http';
import type { TcpAddress } from '../runtime/types.js';

/** What a client got for one request. */
export interface Answer {
  readonly status: number;
  /** Lower-case names; several values of one name are joined by a comma and a space. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Length of the whole response on the wire. */
  readonly wireBytes: number;
}

const timeoutMs = 3_000;

/**
 * Sends one request over a connection of its own, asking to keep it (so that the answer is the one that load gets).
 * @throws Error where no whole answer came within 3 s.
 */
export function sendOnce(
  target: TcpAddress,
  { method, path, headers }: { method: string; path: string; headers: Readonly<Record<string, string>> },
): Promise<Answer> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return new Promise<Answer>((resolve, reject) => {
    const outgoing: OutgoingHttpHeaders = { ...headers };
    const call = request(
      { ...target, method, path, headers: outgoing, agent, timeout: timeoutMs },
      (response) => {
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
            wireBytes: socket.bytesRead,
          }),
        );
      },
    );
    call.on('timeout', () => call.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    call.on('error', reject);
    call.end();
  }).finally(() => agent.destroy());
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
