import { expect, it } from 'vitest';
import { hasWrk, runWrk } from '../../src/load/calibration/wrk.js';
import { startGenerator } from '../../src/load/generator/process.js';
import { mergeHistograms } from '../../src/load/histogram.js';
import type { SliceOutcome } from '../../src/load/slice.js';
import { sendOnce } from '../../src/scenarios/send-once.js';
import { serve } from '../load/local-server.js';

const delayMs = 20;
const connections = 8;
const installed = await hasWrk();

const p50Ms = ({ histogram }: SliceOutcome) => mergeHistograms([histogram]).getValueAtPercentile(50) / 10_000;

it('wrk and our generator tell the same of a server that takes 20 ms', async ({ skip }) => {
  skip(!installed, 'wrk is not installed here: apt-get install wrk');
  let requests = 0;
  await using server = await serve((_, response) => {
    requests += 1;
    setTimeout(() => response.end('ok'), delayMs);
  });
  const target = server.address;
  const request = { method: 'GET', path: '/', headers: {} };
  const { status, wireBytes } = await sendOnce(target, request);
  const common = {
    target,
    requests: [{ ...request, expect: { status, wireBytes } }],
    windowMs: 1_000,
    cpu: { envoy: { kind: 'schedstat', pid: process.pid }, server: null, upstream: null },
  } as const;
  await using generator = await startGenerator([]);

  requests = 0;
  const wrk = await runWrk({ target, path: '/', connections, seconds: 1, cpus: [] });
  // What was on its way when wrk stopped is in the server's count alone.
  expect(requests - wrk.requests).toBeGreaterThanOrEqual(0);
  expect(requests - wrk.requests).toBeLessThanOrEqual(connections);

  requests = 0;
  const closed = await generator.run({ ...common, loop: 'closed', connections, leadMs: 50 });
  expect(closed.bad).toBe(0);
  expect(requests).toBe(closed.served + closed.aborted);
  // Eight connections at 20 ms each give near to 400 a second, whoever asks; the margins are for a busy machine.
  const closedRps = closed.requests / (closed.windowNs / 1e9);
  expect(closedRps / wrk.rps).toBeGreaterThan(0.5);
  expect(closedRps / wrk.rps).toBeLessThan(2);

  requests = 0;
  const open = await generator.run({
    ...{ ...common, loop: 'open', arrivals: 'poisson', rps: 200, connections: 64, seed: 6, leadMs: 100 },
    drainMs: 5_000,
  });
  expect(open).toMatchObject({ bad: 0, unanswered: 0 });
  expect(requests).toBe(open.served);

  // A timer may fire up to a millisecond early.
  for (const p50 of [wrk.p50Us / 1e3, p50Ms(closed), p50Ms(open)]) expect(p50).toBeGreaterThan(delayMs - 1);
  for (const p50 of [p50Ms(closed), p50Ms(open)]) {
    expect(p50 / (wrk.p50Us / 1e3)).toBeGreaterThan(0.5);
    expect(p50 / (wrk.p50Us / 1e3)).toBeLessThan(2);
  }
});
