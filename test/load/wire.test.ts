import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { bodyBytes } from '../../src/load/body-bytes.js';
import { runClosedLoopSlice as runAutocannonSlice } from '../../src/load/closed-loop.js';
import { startGenerator } from '../../src/load/generator/process.js';
import { runOpenLoopSlice } from '../../src/load/open-loop/slice-runner.js';
import type { ClosedLoopSlice, WireRequest } from '../../src/load/slice.js';
import { runSocketLoopSlice } from '../../src/load/socket-loop.js';
import { encodeRequest, encodeRequests } from '../../src/load/wire.js';
import type { TcpAddress } from '../../src/runtime/types.js';
import type { BodySource, BodySpec } from '../../src/scenarios/bodies.js';
import { sendOnce } from '../../src/scenarios/send-once.js';
import { serve } from './local-server.js';

const target = { host: '127.0.0.1', port: 80 };
const expected = { status: 200, wireBytes: 1 };
const post = { method: 'POST', path: '/', headers: { 'content-type': 'text/plain' }, expect: expected };
const made: BodySpec = { kind: 'prose', bytes: 100_000, words: [], index: 7 };

describe('a request on the wire', () => {
  it('without a body is its lines', () => {
    const { bytes } = encodeRequest({ ...post, method: 'GET' }, target);
    expect(bytes.toString()).toBe(
      'GET / HTTP/1.1\r\nHost: 127.0.0.1:80\r\nConnection: keep-alive\r\ncontent-type: text/plain\r\n\r\n',
    );
  });

  it('with a body has its length, and the body', () => {
    const { bytes } = encodeRequest({ ...post, body: '{"a":"é"}' }, target);
    expect(bytes.toString()).toBe(
      'POST / HTTP/1.1\r\nHost: 127.0.0.1:80\r\nConnection: keep-alive\r\nContent-Length: 10\r\n' +
        'content-type: text/plain\r\n\r\n{"a":"é"}',
    );
    expect(encodeRequest({ ...post, body: '' }, target).bytes.toString()).toContain('Content-Length: 0\r\n');
  });

  it('keeps a length that the request says itself', () => {
    const headers = { 'content-length': '2' };
    const { bytes } = encodeRequest({ ...post, headers, body: 'ok' }, target);
    expect(bytes.toString().match(/content-length/gi)).toHaveLength(1);
  });

  it('is encoded once for all that are alike', () => {
    const requests = [{ ...post, body: made }, structuredClone({ ...post, body: made }), post];
    const [first, second, third] = encodeRequests(requests, target);
    expect(second!.bytes).toBe(first!.bytes);
    expect(third!.bytes.length).toBeLessThan(200);
    expect(bodyBytes(structuredClone(made))).toBe(bodyBytes(made));
    expect(bodyBytes(made)).toHaveLength(100_000);
  });

  it('crosses to the generator as what its body is made from', () => {
    expect(JSON.stringify({ ...post, body: made }).length).toBeLessThan(300);
  });
});

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Answers with the body's hash once it was read, so that a wrong body has a wrong answer somewhere. */
function serveHashes() {
  const seen: { method: string | undefined; hash: string }[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({ method: request.method, hash: sha256(Buffer.concat(chunks)) });
      response.end('ok');
    });
  };
  return { seen, answer };
}

async function sliceOf(address: TcpAddress, bodies: readonly BodySource[]): Promise<ClosedLoopSlice> {
  const requests: WireRequest[] = [];
  for (const body of bodies) {
    const request = { method: 'POST', path: '/', headers: {}, body };
    const { status, wireBytes } = await sendOnce(address, request);
    requests.push({ ...request, expect: { status, wireBytes } });
  }
  const own = { kind: 'schedstat', pid: process.pid } as const;
  const cpu = { envoy: own, server: null, upstream: null };
  return { loop: 'closed', target: address, connections: 2, requests, leadMs: 5, windowMs: 80, cpu };
}

const bodies = ['a short one', made] as const;
const hashes = new Set(bodies.map((body) => sha256(bodyBytes(body))));

describe.each([
  ['autocannon', runAutocannonSlice],
  ['our own sockets', runSocketLoopSlice],
  [
    'our own sockets, asleep',
    (slice: ClosedLoopSlice) => runSocketLoopSlice({ ...slice, waiting: 'sleeping' }),
  ],
  [
    'an open loop',
    ({ target: address, requests, leadMs, windowMs, cpu }: ClosedLoopSlice) =>
      runOpenLoopSlice({
        ...{ target: address, requests, leadMs, windowMs, cpu },
        ...{ loop: 'open', arrivals: 'uniform', rps: 200, connections: 4, seed: 1, drainMs: 2_000 },
      }),
  ],
  [
    "the generator's process",
    async (slice: ClosedLoopSlice) => {
      await using generator = await startGenerator([]);
      return await generator.run(slice);
    },
  ],
])('%s', (_client, run) => {
  it('sends every body as it is', async () => {
    const { seen, answer } = serveHashes();
    await using server = await serve(answer);
    const outcome = await run(await sliceOf(server.address, bodies));
    expect(outcome).toMatchObject({ bad: 0, badExample: null });
    expect(outcome.requests).toBeGreaterThan(0);
    expect(seen.length).toBeGreaterThan(bodies.length);
    expect(new Set(seen.map(({ hash }) => hash))).toEqual(hashes);
    expect(new Set(seen.map(({ method }) => method))).toEqual(new Set(['POST']));
  });
});
