import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type OpenServer, openServer } from '../../src/probes/servers/open-server.js';
import { openLoad } from '../../src/probes/swap/load.js';

let server: OpenServer;
afterEach(() => server[Symbol.asyncDispose]());

async function answersOf(listener: RequestListener, atLeast: number) {
  server = await openServer(createServer({ keepAliveTimeout: 0 }, listener));
  // Server and client share this process: slow enough for a machine that is busy with something else.
  const rps = 20;
  await using load = openLoad(server.address, { method: 'POST', headers: {}, body: 'hello' }, rps);
  await expect
    .poll(() => load.answers.length, { interval: 5, timeout: 60_000 })
    .toBeGreaterThanOrEqual(atLeast);
  await load.settled(performance.now());
  return [...load.answers];
}

describe('load on a server', () => {
  it('tells versions, on fresh and on kept connections', async () => {
    const answers = await answersOf((request, response) => {
      request.resume();
      response.setHeader('x-bench-response', 'two');
      response.end('ok');
    }, 10);
    // A machine that stands still for longer than the client's patience loses requests: it is the others that count.
    const answered = answers.filter((answer) => answer.answered);
    expect(new Set(answered.map(({ version }) => version))).toEqual(new Set(['two']));
    expect(new Set(answered.map(({ connection }) => connection))).toEqual(new Set(['fresh', 'kept']));
    expect(answers.every(({ endedMs, sentMs }) => endedMs >= sentMs)).toBe(true);
  });

  it('calls an answer of no version by its status', async () => {
    const answers = await answersOf((_request, response) => {
      response.statusCode = 503;
      response.end('no upstream');
    }, 5);
    expect(answers[0]).toMatchObject({ answered: true, version: null, problem: 'status 503: no upstream' });
  });

  it('says of a request without an answer that it was lost', async () => {
    const answers = await answersOf((request) => request.socket.destroy(), 5);
    expect(answers.every(({ answered, version }) => !answered && version === null)).toBe(true);
    expect(answers[0]?.problem).toMatch(/hang up|ECONNRESET|EPIPE/);
  });

  it('does not take half an answer for one', async () => {
    const answers = await answersOf((request, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half');
      setImmediate(() => request.socket.destroy());
    }, 5);
    expect(answers.every(({ answered }) => !answered)).toBe(true);
  });
});
