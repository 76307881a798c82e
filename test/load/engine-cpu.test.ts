import { expect, it } from 'vitest';
import { startGenerator } from '../../src/load/generator/process.js';
import type { ClosedLoopSlice } from '../../src/load/slice.js';
import { sendOnce } from '../../src/scenarios/send-once.js';
import { serve } from './local-server.js';

/** An engine that tells of container `c` that it used this much more at each question. */
function engine(stepNs: number) {
  let cpuNs = 7e9;
  return serve((request, response) => {
    cpuNs += stepNs;
    const known = request.url === '/containers/c/stats?stream=false&one-shot=true';
    response.end(
      known
        ? JSON.stringify({ cpu_stats: { cpu_usage: { total_usage: cpuNs } } })
        : '{"message":"No such container"}',
    );
  });
}

async function sliceOf(server: {
  address: ClosedLoopSlice['target'];
}): Promise<Omit<ClosedLoopSlice, 'cpu'>> {
  const request = { method: 'GET', path: '/', headers: {} };
  const { status, wireBytes } = await sendOnce(server.address, request);
  const requests = [{ ...request, expect: { status, wireBytes } }];
  return { loop: 'closed', target: server.address, requests, connections: 2, leadMs: 20, windowMs: 60 };
}

it('what only an engine tells is spread over the answers of the whole slice', async () => {
  await using server = await serve((_, response) => response.end('ok'));
  await using told = await engine(5_000_000);
  const slice = await sliceOf(server);
  const source = {
    kind: 'engine-stats',
    dockerHost: `tcp://127.0.0.1:${told.address.port}`,
    container: 'c',
  } as const;
  const seen = { kind: 'schedstat', pid: process.pid } as const;
  await using generator = await startGenerator([]);
  const outcome = await generator.run({ ...slice, cpu: { envoy: source, server: seen, upstream: null } });
  expect(outcome).toMatchObject({ bad: 0, envoyWaitNs: null, envoySwitches: null, upstreamNs: null });
  expect(outcome.served).toBeGreaterThan(outcome.requests);
  expect(outcome.envoyNs).toBe(Math.round((5_000_000 * outcome.requests) / outcome.served));
  expect(outcome.serverNs).toBeGreaterThan(0);
});

it('a container that its engine does not know fails the slice', async () => {
  await using server = await serve((_, response) => response.end('ok'));
  await using told = await engine(1);
  const source = {
    kind: 'engine-stats',
    dockerHost: `tcp://127.0.0.1:${told.address.port}`,
    container: 'x',
  } as const;
  await using generator = await startGenerator([]);
  const cpu = { envoy: source, server: null, upstream: null };
  await expect(generator.run({ ...(await sliceOf(server)), cpu })).rejects.toThrow('No such container');
});
