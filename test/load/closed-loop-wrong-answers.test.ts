import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { runSocketLoopSlice } from '../../src/load/socket-loop.js';
import { sendOnce } from '../../src/scenarios/send-once.js';
import { clients, learn, slice } from './closed-loop-clients.js';
import { serve } from './local-server.js';

describe.each(clients)('%s:', (_client, runClosedLoopSlice) => {
  describe('a wrong answer', () => {
    it('by its status', async () => {
      let status = 200;
      await using server = await serve((_, response) => response.writeHead(status).end('ok'));
      const request = await learn(server.address);
      const { wireBytes } = request.expect;
      status = 503;
      // The reason phrases differ in length, too: let only the status be wrong.
      const { wireBytes: actual } = await sendOnce(server.address, request);
      const expected = { ...request, expect: { status: 200, wireBytes: actual } };
      const outcome = await runClosedLoopSlice(slice(server.address, [expected]));
      expect(wireBytes).not.toBe(actual);
      expect(outcome.bad).toBe(outcome.served);
      expect(outcome.requests).toBe(0);
      expect(outcome.badExample).toBe(`status 503, ${actual} bytes; expected 200, ${actual} bytes`);
    });

    it('by one byte of its length', async () => {
      let body = 'ok';
      await using server = await serve((_, response) => response.end(body));
      const request = await learn(server.address);
      const { wireBytes } = request.expect;
      body = 'ok!';
      const outcome = await runClosedLoopSlice(slice(server.address, [request]));
      expect(outcome.bad).toBeGreaterThan(0);
      expect(outcome.bad).toBeGreaterThanOrEqual(outcome.served);
      expect(outcome.requests).toBe(0);
      expect(outcome.badExample).toBe(`status 200, ${wireBytes + 1} bytes; expected 200, ${wireBytes} bytes`);
    });

    it('that once in a while lacks a byte is bad', async () => {
      let answers = 0;
      await using server = await serve((_, response) => {
        answers += 1;
        response.end(answers % 50 === 0 ? 'o' : 'ok');
      });
      const outcome = await runClosedLoopSlice(slice(server.address, [await learn(server.address)]));
      expect(answers).toBeGreaterThan(50);
      expect(outcome.bad).toBeGreaterThan(0);
    });

    it('that comes once in a while is counted, and the right ones are kept', async () => {
      let answers = 0;
      await using server = await serve((_, response) => {
        answers += 1;
        response.end(answers % 10 === 0 ? 'wrong' : 'ok');
      });
      const request = await learn(server.address);
      answers = 0;
      const outcome = await runClosedLoopSlice(slice(server.address, [request], { connections: 1 }));
      // One that was on its way at the end may be in the server's count and not in ours.
      expect([Math.floor(outcome.served / 10), Math.floor(answers / 10)]).toContain(outcome.bad);
      expect(outcome.requests).toBeGreaterThan(0);
      expect(outcome.requests).toBeLessThanOrEqual(outcome.served);
      expect(decodeFromCompressedBase64(outcome.histogram).totalCount).toBe(outcome.requests);
    });
  });
});

it('our own sockets tell an answer that is too short', async () => {
  let answers = 0;
  await using server = await serve((_, response) => {
    answers += 1;
    response.end(answers === 20 ? 'o' : 'ok');
  });
  const request = await learn(server.address);
  const outcome = await runSocketLoopSlice(slice(server.address, [request], { connections: 1, leadMs: 0 }));
  const { wireBytes } = request.expect;
  expect(outcome.badExample).toBe(`status 200, ${wireBytes - 1} bytes; expected 200, ${wireBytes} bytes`);
});
