import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Counts, countCheck } from '../counts.js';
import { parseJob } from '../jobs/config.js';
import type { Header } from '../jobs/job.js';
import { linked, linkHeader, noSuchLink } from '../jobs/links.js';
import { asHeaderBytes } from '../jobs/table.js';
import type { ClientServer } from '../serve.js';
import { checksOf, type Wording } from './check.js';

/** A whole answer: names and values of its headers in turn. */
interface HttpAnswer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

const wording: Wording<HttpAnswer> = {
  pass: (request, response) => ({
    status: 200,
    headers: [...namesAndValues([...request, ...response]), 'content-length', '0'],
    body: '',
  }),
  deny: ({ status, body }) => ({
    status,
    headers: ['content-type', 'text/plain', 'content-length', String(Buffer.byteLength(body))],
    body,
  }),
};

/** An authorization server over HTTP/1.1: the status decides, headers are passed on as Envoy is configured. */
export function httpChecker(jobText: string, counts: Counts): ClientServer {
  const checks = linked(jobText, (text) => checksOf(parseJob(text), wording));
  // Envoy keeps connections for as long as it likes, and its requests are not ours to time out.
  const patience = {
    keepAliveTimeout: 0,
    headersTimeout: 0,
    requestTimeout: 0,
    connectionsCheckingInterval: 3_600_000,
  };
  const server = createServer({ ...patience, noDelay: true }, (request, response) => {
    const ofLink = checks.of(checks.isChain ? firstValue(request, linkHeader) : undefined);
    if (!ofLink) {
      send(response, { status: 400, headers: ['content-type', 'text/plain'], body: noSuchLink });
      return;
    }
    const lookup = ofLink.lookup === null ? undefined : firstValue(request, ofLink.lookup);
    const answer = (body?: Buffer) => {
      const { answer: message, denied } = ofLink.check(lookup, body);
      countCheck(counts, denied);
      send(response, message);
    };
    if (ofLink.needsBody) readWhole(request, answer);
    else {
      request.resume();
      answer();
    }
  });
  return { accepts: server, drain: () => server.closeIdleConnections() };
}

function send(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  // Envoy writes a `date` of its own; ours would only be work, and leak where a mechanism passes headers on.
  response.sendDate = false;
  response.writeHead(status, headers as string[]);
  response.end(body, 'latin1');
}

function readWhole(request: IncomingMessage, then: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const [first] = chunks;
    then(first && chunks.length === 1 ? first : Buffer.concat(chunks));
  });
}

/** Node gives the bytes of a header's value as characters, and joins several values by commas. */
function firstValue({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.toLowerCase() === name) return rawHeaders[at + 1];
  }
  return undefined;
}

/** Each name once, with the last of its values. */
function namesAndValues(headers: readonly Header[]): string[] {
  return [...new Map(headers.map(({ name, value }) => [name, asHeaderBytes(value)]))].flat();
}
