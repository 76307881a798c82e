import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunkedReader } from '../../src/load/chunked.js';
import { runSocketLoopSlice } from '../../src/load/socket-loop.js';
import { seededRandom } from '../../src/schedule/random.js';

const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
const answer = Buffer.from(`${head}5\r\nhello\r\n10;a=b\r\n${'x'.repeat(16)}\r\n0\r\n\r\n`);

describe('a chunked answer', () => {
  it('has the same payload however its bytes come', () => {
    const random = seededRandom(5, 'chunked');
    for (let run = 0; run < 200; run += 1) {
      const reader = chunkedReader();
      for (let at = 0; at < answer.length; ) {
        expect(reader.isDone()).toBe(false);
        const part = answer.subarray(at, at + 1 + Math.floor(random() * 20));
        expect(reader.take(part, part.length)).toBe(part.length);
        at += part.length;
      }
      expect([reader.isDone(), reader.isBroken(), reader.payloadBytes()]).toEqual([true, false, 21]);
    }
  });

  it('may end with trailers, and what comes behind it is not its own', () => {
    const reader = chunkedReader();
    const bytes = Buffer.from(`${head}1\r\na\r\n0\r\nx-sum: 1\r\n\r\nHTTP`);
    expect(reader.take(bytes, bytes.length)).toBe(bytes.length - 4);
    expect([reader.isDone(), reader.payloadBytes()]).toEqual([true, 1]);
  });

  it.each(['x\r\n', '\r\n', '3\r\nabcd\r\n'])('is broken: %j', (body) => {
    const reader = chunkedReader();
    const bytes = Buffer.from(head + body);
    reader.take(bytes, bytes.length);
    expect([reader.isBroken(), reader.isDone()]).toEqual([true, false]);
  });
});

describe('load whose answers come in chunks', () => {
  // Each answer is split at another place.
  let answers = 0;
  let lack = 0;
  const body = 'y'.repeat(5_000);
  const server = createServer((_, response) => {
    answers += 1;
    const cut = 1 + ((answers * 97) % 4_000);
    response.write(body.slice(0, cut));
    setImmediate(() => {
      if (answers % 3 === 0) response.write(body.slice(cut, cut + 10));
      response.end(body.slice(answers % 3 === 0 ? cut + 10 : cut, body.length - lack));
    });
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const slice = () => ({
    loop: 'closed' as const,
    client: 'sockets' as const,
    target: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    requests: [
      {
        method: 'GET',
        path: '/',
        headers: {},
        expect: { status: 200, wireBytes: 5_000, isChunked: true as const },
      },
    ],
    connections: 4,
    leadMs: 10,
    windowMs: 60,
    waiting: 'sleeping' as const,
    cpu: { envoy: { kind: 'schedstat' as const, pid: process.pid }, server: null, upstream: null },
  });

  it('is right by its payload', async () => {
    const outcome = await runSocketLoopSlice(slice());
    expect(outcome).toMatchObject({ bad: 0, badExample: null });
    expect(outcome.requests).toBeGreaterThan(5);
  });

  it('is wrong where a byte is missing', async () => {
    lack = 1;
    const outcome = await runSocketLoopSlice(slice());
    expect(outcome.badExample).toBe('status 200, 4999 bytes; expected 200, 5000 bytes');
    expect(outcome.requests).toBe(0);
  });
});
