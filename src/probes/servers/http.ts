import { createServer, type IncomingMessage } from 'node:http';
import { joinHeaders } from '../../scenarios/send-once.js';
import { type OpenServer, openServer } from './open-server.js';

/** A request as the server read it. */
export interface RequestSeen {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A server over HTTP/1.1 that keeps what it was told, and answers when `answer` does. */
export async function openHttp(
  answer: (request: RequestSeen) => HttpAnswer | Promise<HttpAnswer>,
): Promise<OpenServer & { readonly seen: RequestSeen[] }> {
  const seen: RequestSeen[] = [];
  const server = createServer((request, response) => {
    void readWhole(request).then(async (body) => {
      const { method = '', url: path = '', rawHeaders } = request;
      const one = { method, path, headers: joinHeaders(rawHeaders), body };
      seen.push(one);
      const { status, headers, body: text } = await answer(one);
      response.writeHead(status, headers);
      response.end(text);
    });
  });
  return { ...(await openServer(server)), seen };
}

async function readWhole(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
