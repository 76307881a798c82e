import { createServer, type Server } from 'node:http';
import type { Counts } from './counts.js';

/** Answers `GET /ready` and `GET /count`, for whoever started the server. */
export function adminServer(counts: Readonly<Counts>): Server {
  return createServer({ noDelay: true }, (request, response) => {
    const [path] = (request.url ?? '').split('?');
    request.resume();
    if (request.method === 'GET' && path === '/ready') {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('ready\n');
    } else if (request.method === 'GET' && path === '/count') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(counts));
    } else {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('GET /ready or GET /count\n');
    }
  });
}
