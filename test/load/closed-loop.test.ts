import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { isSilent } from '../../src/load/silent.js';
import type { TcpAddress } from '../../src/runtime/types.js';
import { clients, learn, ok, own, slice } from './closed-loop-clients.js';
import { freePort, serve } from './local-server.js';

/** Answers of a length that tells the path. */
const echoPath = ({ url }: IncomingMessage, response: ServerResponse) => response.end(url);

describe.each(clients)('%s:', (_client, runClosedLoopSlice, aborted) => {
  describe('a slice against a server that answers right', () => {
    it('counts what it served, and times every request of its window', async () => {
      await using server = await serve(ok);
      const outcome = await runClosedLoopSlice(slice(server.address, [await learn(server.address)]));
      expect(outcome).toMatchObject({
        bad: 0,
        badExample: null,
        aborted,
        serverNs: null,
        upstreamNs: null,
      });
      expect(outcome.requests).toBeGreaterThan(0);
      // The lead and the last answers lie outside of the window.
      expect(outcome.served).toBeGreaterThan(outcome.requests);
      expect(outcome.windowNs).toBeGreaterThan(0);
      expect(outcome.envoyNs).toBeGreaterThan(0);
      expect(outcome.generatorNs).toBeGreaterThan(0);
      const histogram = decodeFromCompressedBase64(outcome.histogram);
      expect(histogram.totalCount).toBe(outcome.requests);
      // In tenths of a microsecond: no answer over TCP is there within one microsecond.
      expect(histogram.minNonZeroValue).toBeGreaterThan(10);
    });

    it('reads the CPU of the server and of the upstream, where there are any', async () => {
      await using server = await serve(ok);
      const cpu = { envoy: own, server: own, upstream: own };
      const outcome = await runClosedLoopSlice(slice(server.address, [await learn(server.address)], { cpu }));
      expect(outcome.serverNs).toBeGreaterThan(0);
      expect(outcome.upstreamNs).toBeGreaterThan(0);
    });

    it('leaves no connection open', async () => {
      await using server = await serve(ok);
      await runClosedLoopSlice(slice(server.address, [await learn(server.address)]));
      await expect.poll(() => server.connections.size).toBe(0);
    });
  });

  describe('a mix', () => {
    const paths = ['/a', '/bb', '/bb', '/ccc'];
    const learnMix = (target: TcpAddress) => Promise.all(paths.map((path) => learn(target, path)));

    it('is sent and checked in order on every connection', async () => {
      const seen = new Map<Socket, string[]>();
      await using server = await serve((request, response) => {
        seen.set(request.socket, [...(seen.get(request.socket) ?? []), request.url ?? '']);
        echoPath(request, response);
      });
      const mix = await learnMix(server.address);
      seen.clear();
      const outcome = await runClosedLoopSlice(slice(server.address, mix));
      expect(outcome.bad).toBe(0);
      expect(outcome.served).toBeGreaterThan(paths.length * 3);
      expect(seen.size).toBe(3);
      for (const urls of seen.values())
        expect(urls).toEqual(urls.map((_, index) => paths[index % paths.length]));
    });

    it('is bad where two answers are exchanged, though each of them is right for another request', async () => {
      let exchange = false;
      await using server = await serve((request, response) => {
        if (exchange && request.url === '/a') request.url = '/bb';
        else if (exchange && request.url === '/bb') request.url = '/a';
        echoPath(request, response);
      });
      const mix = await learnMix(server.address);
      exchange = true;
      const outcome = await runClosedLoopSlice(slice(server.address, mix, { connections: 1 }));
      // Of four in a row, only /ccc is right.
      const right = Math.floor(outcome.served / 4);
      expect(outcome.bad).toBeGreaterThan(0);
      expect(outcome.bad).toBeGreaterThanOrEqual(outcome.served - right);
      expect(outcome.requests).toBeLessThanOrEqual(right);
    });
  });

  describe('no answer at all', () => {
    const request = { method: 'GET', path: '/', headers: {}, expect: { status: 200, wireBytes: 1 } };

    it('nothing listens: the window never opens, and the refusals are bad', async () => {
      const target = { host: '127.0.0.1', port: await freePort() };
      const outcome = await runClosedLoopSlice(slice(target, [request]));
      expect(outcome).toMatchObject({ windowNs: 0, requests: 0, served: 0, envoyNs: 0 });
      expect(outcome.bad).toBeGreaterThan(0);
      expect(outcome.badExample).toContain('ECONNREFUSED');
      expect(decodeFromCompressedBase64(outcome.histogram).totalCount).toBe(0);
    });

    it('a connection that hangs while others are served is bad', async () => {
      let silent: Socket | 'not yet' | null = null;
      await using server = await serve((incoming, response) => {
        silent ??= incoming.socket;
        if (incoming.socket !== silent) response.end('ok');
      });
      silent = 'not yet';
      const learned = await learn(server.address);
      silent = null;
      const outcome = await runClosedLoopSlice(slice(server.address, [learned], { windowMs: 500 }));
      expect(outcome.requests).toBeGreaterThan(0);
      expect(outcome.badExample).toBe('1 connections got no answer in the window');
    });

    it('a server that is silent: the window never opens, and nothing is wrong', async () => {
      await using server = await serve(() => undefined);
      const outcome = await runClosedLoopSlice(slice(server.address, [request]));
      expect(outcome).toMatchObject({ windowNs: 0, requests: 0, bad: 0, served: 0, aborted: 3 });
      expect(isSilent(outcome)).toBe(true);
    });

    it('a server that falls silent before the window opens is silent, not wrong', async () => {
      await using server = await serve(ok);
      const learned = await learn(server.address);
      let answers = 0;
      await using falling = await serve((_, response) => {
        answers += 1;
        if (answers <= 3) response.end('ok');
      });
      const outcome = await runClosedLoopSlice(slice(falling.address, [learned], { leadMs: 50 }));
      expect(outcome).toMatchObject({ requests: 0, bad: 0, badExample: null, served: 3 });
      expect(outcome.windowNs).toBeGreaterThan(0);
      expect(isSilent(outcome)).toBe(true);
    });
  });

  describe('a connection that the server drops', () => {
    it('by a reset is bad', async () => {
      let answers = 0;
      await using server = await serve((request, response) => {
        answers += 1;
        if (answers % 5 === 0) request.socket.resetAndDestroy();
        else response.end('ok');
      });
      const request = await learn(server.address);
      const outcome = await runClosedLoopSlice(slice(server.address, [request]));
      expect(outcome.bad).toBeGreaterThan(0);
      expect(outcome.badExample).toContain('ECONNRESET');
    });

    it('by closing it in place of an answer is bad', async () => {
      let requests = 0;
      await using server = await serve((request, response) => {
        requests += 1;
        if (requests % 50 === 0) request.socket.end();
        else response.end('ok');
      });
      const request = await learn(server.address);
      const outcome = await runClosedLoopSlice(slice(server.address, [request]));
      expect(requests).toBeGreaterThan(50);
      expect(outcome.bad).toBeGreaterThan(0);
    });
  });
});
