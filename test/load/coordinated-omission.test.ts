import { describe, expect, it } from 'vitest';
import { runClosedLoopSlice } from '../../src/load/closed-loop.js';
import { mergeHistograms } from '../../src/load/histogram.js';
import { runOpenLoopSlice } from '../../src/load/open-loop/slice-runner.js';
import { evidenceOf, whyUnsustained } from '../../src/load/open-loop/verdict.js';
import type { OpenLoopSlice, WireRequest } from '../../src/load/slice.js';
import type { TcpAddress } from '../../src/runtime/types.js';
import { sendOnce } from '../../src/scenarios/send-once.js';
import { serve } from './local-server.js';

const own = { kind: 'schedstat', pid: process.pid } as const;
const cpu = { envoy: own, server: null, upstream: null };
const stallMs = 400;

/** A server that answers at once, but not at all from `fromMs` after its first request for `stallMs`. */
async function stallingServer(fromMs: number) {
  let beganMs = Number.POSITIVE_INFINITY;
  const server = await serve((_, response) => {
    if (beganMs === Number.POSITIVE_INFINITY) beganMs = performance.now();
    const leftMs = beganMs + fromMs + stallMs - performance.now();
    if (leftMs > 0 && leftMs <= stallMs) setTimeout(() => response.end('ok'), leftMs);
    else response.end('ok');
  });
  return { server, restart: () => (beganMs = Number.POSITIVE_INFINITY) };
}

async function learn(target: TcpAddress): Promise<WireRequest> {
  const request = { method: 'GET', path: '/', headers: {} };
  const { status, wireBytes } = await sendOnce(target, request);
  return { ...request, expect: { status, wireBytes } };
}

const p99Ms = (histogram: string) => mergeHistograms([histogram]).getValueAtPercentile(99) / 10_000;

describe('a server that stalls for 400 ms in a window of 1 s', () => {
  it('open-loop percentiles see it, and a closed loop hides it', async () => {
    const { server, restart } = await stallingServer(250);
    await using _ = server;
    const common = { target: server.address, requests: [await learn(server.address)], windowMs: 1_000, cpu };
    restart();
    const closed = await runClosedLoopSlice({ ...common, loop: 'closed', connections: 4, leadMs: 50 });
    restart();
    const open = await runOpenLoopSlice({
      ...{ ...common, loop: 'open', arrivals: 'uniform', rps: 200, connections: 64, seed: 2, leadMs: 50 },
      drainMs: 5_000,
    });
    // Both had the stall in their window: the slowest answer tells it.
    for (const { histogram, bad } of [closed, open]) {
      expect(bad).toBe(0);
      expect(mergeHistograms([histogram]).maxValue / 10_000).toBeGreaterThan(stallMs / 2);
    }
    expect(closed.requests).toBeGreaterThan(1_000);
    expect(p99Ms(closed.histogram)).toBeLessThan(100);
    expect(p99Ms(open.histogram)).toBeGreaterThan(200);
  });
});

it('a server that is too slow for the rate: unsustained, by its doing', async () => {
  let last = Promise.resolve();
  await using server = await serve((_, response) => {
    last = last
      .then(() => new Promise((resolve) => setTimeout(resolve, 20)))
      .then(() => void response.end('ok'));
  });
  const slice: OpenLoopSlice = {
    ...{ loop: 'open', target: server.address, requests: [await learn(server.address)], arrivals: 'poisson' },
    ...{ rps: 400, connections: 16, seed: 4, leadMs: 50, windowMs: 400, drainMs: 50, cpu },
  };
  const outcome = await runOpenLoopSlice(slice);
  const evidence = evidenceOf(outcome);
  expect(outcome.bad).toBe(0);
  expect(outcome.unanswered).toBeGreaterThan(0);
  // On a machine so busy that the generator is late itself, it says that.
  expect(evidence && whyUnsustained(evidence, slice.rps)).not.toBeNull();
  expect(evidence && whyUnsustained({ ...evidence, sendLagUs: { mean: 0, max: 0, count: 1 } }, 400)).toBe(
    'target',
  );
});
