import type { RequestListener } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { intendedStarts } from '../../../src/load/open-loop/arrivals.js';
import { runOpenLoopSlice } from '../../../src/load/open-loop/slice-runner.js';
import type { OpenLoopSlice, WireRequest } from '../../../src/load/slice.js';
import type { TcpAddress } from '../../../src/runtime/types.js';
import { sendOnce } from '../../../src/scenarios/send-once.js';
import { freePort, serve } from '../local-server.js';

const own = { kind: 'schedstat', pid: process.pid } as const;
const ok: RequestListener = (_, response) => response.end('ok');

function slice(
  target: TcpAddress,
  requests: readonly WireRequest[],
  more: Partial<OpenLoopSlice> = {},
): OpenLoopSlice {
  return {
    loop: 'open',
    target,
    requests,
    arrivals: 'poisson',
    rps: 500,
    connections: 8,
    seed: 5,
    leadMs: 20,
    windowMs: 200,
    drainMs: 5_000,
    cpu: { envoy: own, server: own, upstream: null },
    ...more,
  };
}

async function learn(target: TcpAddress, path = '/'): Promise<WireRequest> {
  const request = { method: 'GET', path, headers: {} };
  const { status, wireBytes } = await sendOnce(target, request);
  return { ...request, expect: { status, wireBytes } };
}

/** How many arrivals of the slice lie in its window: the schedule is known beforehand. */
const offeredBy = (load: OpenLoopSlice) =>
  intendedStarts(load, { index: 0, of: 1 }).filter((at) => at >= load.leadMs).length;

describe('a slice against a server that answers right', () => {
  it('accounts for every arrival of its schedule', async () => {
    await using server = await serve(ok);
    const load = slice(server.address, [await learn(server.address)]);
    const outcome = await runOpenLoopSlice(load);
    const offered = offeredBy(load);
    expect(outcome).toMatchObject({ bad: 0, badExample: null, aborted: 0, offered, answeredInTime: offered });
    expect(outcome).toMatchObject({ unanswered: 0, generators: 1, upstreamNs: null });
    expect(decodeFromCompressedBase64(outcome.histogram).totalCount).toBe(offered);
    expect(outcome.served).toBe(intendedStarts(load, { index: 0, of: 1 }).length);
    expect(outcome.requests).toBeGreaterThan(0);
    expect(outcome.sendLagUs?.count).toBeGreaterThan(0);
    expect(outcome.sendLagUs?.count).toBeLessThanOrEqual(offered);
    expect(outcome.envoyNs).toBeGreaterThan(0);
    expect(outcome.serverNs).toBeGreaterThan(0);
    expect(outcome.envoyWaitNs).toBeGreaterThanOrEqual(0);
    expect(outcome.envoySwitches).toBeGreaterThanOrEqual(0);
    expect(outcome.spinNs).toBeGreaterThan(0);
    expect(outcome.spinNs).toBeLessThan(outcome.windowNs);
  });

  it('sends the mix in order, and leaves no connection open', async () => {
    const urls: string[] = [];
    await using server = await serve((request, response) => {
      urls.push(request.url ?? '');
      response.end(request.url);
    });
    const paths = ['/a', '/bb', '/ccc'];
    const mix = await Promise.all(paths.map((path) => learn(server.address, path)));
    urls.length = 0;
    const outcome = await runOpenLoopSlice(slice(server.address, mix, { connections: 1 }));
    expect(outcome.bad).toBe(0);
    expect(urls).toEqual(urls.map((_, index) => paths[index % 3]));
    await expect.poll(() => server.connections.size).toBe(0);
  });
});

describe('a wrong answer', () => {
  const never = { method: 'GET', path: '/', headers: {}, expect: { status: 200, wireBytes: 1_000 } };

  it.each([
    ['of another status and length', 503, 0, 8, /^status 503, \d+ bytes; expected 200, \d+ bytes$/],
    ['with a byte too many', 200, -1, 8, /^status 200, \d+ bytes; expected 200, \d+ bytes$/],
    ['with a byte too few', 200, 1, 0, /^status 200, \d+ bytes; expected 200, \d+ bytes$/],
  ])('%s is bad', async (_name, status, more, moreThan, message) => {
    let answer = 200;
    await using server = await serve((_, response) => response.writeHead(answer).end('ok'));
    const request = await learn(server.address);
    answer = status;
    const wireBytes = request.expect.wireBytes + more;
    const outcome = await runOpenLoopSlice(
      slice(server.address, [{ ...request, expect: { status: 200, wireBytes } }], { drainMs: 50 }),
    );
    expect(outcome.requests).toBe(0);
    expect(outcome.answeredInTime).toBe(0);
    // A connection is replaced as soon as its answer is known to be wrong, so there are more of them than connections.
    expect(outcome.bad).toBeGreaterThan(moreThan);
    expect(outcome.badExample).toMatch(message);
    expect(decodeFromCompressedBase64(outcome.histogram).totalCount).toBe(outcome.offered);
  });

  it('of another status but the right length is bad, and the connection is used on', async () => {
    await using server = await serve((_, response) => response.writeHead(500).end('ok'));
    const request = await learn(server.address);
    const expected = { ...request, expect: { ...request.expect, status: 200 } };
    const outcome = await runOpenLoopSlice(slice(server.address, [expected]));
    expect(outcome.bad).toBe(outcome.served);
    expect(outcome.served).toBeGreaterThan(0);
  });

  it('by closing the connection is bad, and the connection is replaced', async () => {
    let requests = 0;
    await using server = await serve((request, response) => {
      requests += 1;
      if (requests % 10 === 0) request.socket.destroy();
      else response.end('ok');
    });
    const outcome = await runOpenLoopSlice(
      slice(server.address, [await learn(server.address)], { connections: 1 }),
    );
    expect(outcome.bad).toBe(Math.floor(requests / 10));
    expect(outcome.served).toBeGreaterThan(20);
    expect(outcome.unanswered).toBe(0);
    expect(outcome.badExample).toMatch(/closed in place of an answer|ECONNRESET/);
  });

  it('that comes in single bytes is still right', async () => {
    const text = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
    const sockets = new Set<Socket>();
    const server = createServer({ noDelay: true }, (socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', async () => {
        for (const byte of text) {
          socket.write(byte);
          await new Promise((resolve) => setImmediate(resolve));
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const request = { ...never, expect: { status: 200, wireBytes: text.length } };
    const outcome = await runOpenLoopSlice(slice({ host: '127.0.0.1', port }, [request], { rps: 50 }));
    for (const socket of sockets) socket.destroy();
    server.close();
    expect(outcome).toMatchObject({ bad: 0, unanswered: 0 });
    expect(outcome.answeredInTime).toBeGreaterThan(0);
  });

  it('nothing listens: the window never opens, and the refusals are bad', async () => {
    const outcome = await runOpenLoopSlice(slice({ host: '127.0.0.1', port: await freePort() }, [never]));
    expect(outcome).toMatchObject({ windowNs: 0, requests: 0, served: 0, offered: 0, unanswered: 0 });
    expect(outcome.badExample).toContain('ECONNREFUSED');
    expect(decodeFromCompressedBase64(outcome.histogram).totalCount).toBe(0);
  });

  it('silence: all arrivals are unanswered, with the time that they waited', async () => {
    await using server = await serve(() => undefined);
    const load = slice(server.address, [never], { drainMs: 30 });
    const outcome = await runOpenLoopSlice(load);
    expect(outcome).toMatchObject({
      answeredInTime: 0,
      unanswered: offeredBy(load),
      requests: 0,
      aborted: 8,
    });
    const { minNonZeroValue, totalCount } = decodeFromCompressedBase64(outcome.histogram);
    expect(totalCount).toBe(outcome.offered);
    // The last one came due before the window's end, and the drain is 30 ms.
    expect(minNonZeroValue).toBeGreaterThanOrEqual(29 * 10_000);
  });
});
