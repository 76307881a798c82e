import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { mergeOutcomes } from '../../src/load/generator/merge.js';
import { startGenerator } from '../../src/load/generator/process.js';
import { encodeAndDestroy, newHistogram, recordMs } from '../../src/load/histogram.js';
import { intendedStarts } from '../../src/load/open-loop/arrivals.js';
import type { OpenLoopSlice, SliceOutcome } from '../../src/load/slice.js';
import { allowedCores } from '../../src/measure/placement.js';
import { processStartTicks } from '../../src/runtime/process-identity.js';
import { sendOnce } from '../../src/scenarios/send-once.js';
import { serve } from './local-server.js';

const gone = { kind: 'schedstat', pid: 2 ** 22 + 1 } as const;
// Two processes, also on a machine with a single core.
const [first = 0, second = first] = allowedCores();

async function sliceOf(server: { address: OpenLoopSlice['target'] }): Promise<OpenLoopSlice> {
  const request = { method: 'GET', path: '/', headers: {} };
  const { status, wireBytes } = await sendOnce(server.address, request);
  return {
    loop: 'open',
    target: server.address,
    requests: [{ ...request, expect: { status, wireBytes } }],
    arrivals: 'uniform',
    rps: 400,
    connections: 8,
    seed: 9,
    leadMs: 20,
    windowMs: 250,
    drainMs: 10_000,
    cpu: { envoy: { kind: 'schedstat', pid: process.pid }, server: null, upstream: null },
  };
}

describe('a generator of two processes', () => {
  it('splits an open loop, whose shares start together and make up the whole', async () => {
    await using server = await serve((_, response) => response.end('ok'));
    const slice = await sliceOf(server);
    await using generator = await startGenerator([first, second]);
    expect(new Set(generator.pids).size).toBe(2);
    const outcome = await generator.run(slice);
    const offered = [0, 1].flatMap((index) =>
      [...intendedStarts(slice, { index, of: 2 })].filter((at) => at >= slice.leadMs),
    ).length;
    expect(outcome).toMatchObject({ generators: 2, bad: 0, offered, answeredInTime: offered, unanswered: 0 });
    expect(Math.abs(offered - 100)).toBeLessThanOrEqual(1);
    expect(decodeFromCompressedBase64(outcome.histogram).totalCount).toBe(offered);
    expect(outcome.generatorNs).toBeGreaterThan(0);
  });

  it('drives a closed loop in the first process alone', async () => {
    await using server = await serve((_, response) => response.end('ok'));
    const { target, requests, leadMs, cpu } = await sliceOf(server);
    await using generator = await startGenerator([first, second]);
    const closed = { loop: 'closed', target, requests, leadMs, cpu, windowMs: 60, connections: 2 } as const;
    expect(await generator.run(closed)).toMatchObject({ generators: 1, bad: 0, offered: null });
    expect((await generator.run(closed)).spinNs).toBeGreaterThan(0);
    expect((await generator.run({ ...closed, waiting: 'sleeping' })).spinNs).toBe(0);
    expect(await generator.run({ ...closed, client: 'autocannon' })).toMatchObject({ bad: 0, aborted: 2 });
  });

  it('fails where one cannot read what it measures, and runs the next slice', async () => {
    await using server = await serve((_, response) => response.end('ok'));
    const slice = await sliceOf(server);
    await using generator = await startGenerator([first, second]);
    const broken = { ...slice, cpu: { ...slice.cpu, envoy: gone } };
    await expect(generator.run(broken)).rejects.toThrow(/^a slice could not be measured: .*ENOENT/);
    expect((await generator.run(slice)).bad).toBe(0);
  });

  it('fails where one process is killed, and leaves none behind', async () => {
    await using server = await serve((_, response) => response.end('ok'));
    const slice = await sliceOf(server);
    const generator = await startGenerator([first, second]);
    const running = generator.run({ ...slice, windowMs: 60_000, rps: 5 });
    const failed = expect(running).rejects.toThrow('the load generator was ended by SIGKILL');
    await expect.poll(() => server.connections.size).toBeGreaterThan(0);
    process.kill(generator.pids[1]!, 'SIGKILL');
    await failed;
    await generator[Symbol.asyncDispose]();
    for (const pid of generator.pids) expect(processStartTicks(pid)).toBeNull();
  });
});

it('outcomes of shares are added, and what was read of Envoy is taken once', () => {
  const histogramOf = (ms: number) => {
    const histogram = newHistogram();
    recordMs(histogram, ms);
    return encodeAndDestroy(histogram);
  };
  const share: SliceOutcome = {
    ...{
      startNs: 1,
      windowNs: 100,
      envoyNs: 50,
      envoyWaitNs: 5,
      envoySwitches: 2,
      serverNs: 9,
      serverWaitNs: 1,
    },
    ...{
      upstreamNs: null,
      generatorNs: 90,
      machineBusyNs: 200,
      stealNs: 3,
      requests: 10,
      bad: 1,
      served: 12,
    },
    ...{
      badExample: null,
      aborted: 1,
      eventLoopDelayUs: 7,
      generators: 1,
      spinNs: 40,
      unanswered: 1,
      offered: 11,
    },
    ...{ answeredInTime: 10, backlog: { open: 1, close: 2 }, sendLagUs: { mean: 4, max: 8, count: 10 } },
    histogram: histogramOf(1),
  };
  const other: SliceOutcome = {
    ...{ ...share, requests: 20, badExample: 'wrong', eventLoopDelayUs: 9, histogram: histogramOf(2) },
    sendLagUs: { mean: 10, max: 30, count: 20 },
  };
  const { histogram, ...sum } = mergeOutcomes([share, other]);
  expect(sum).toEqual({
    ...{
      startNs: 1,
      windowNs: 100,
      envoyNs: 50,
      envoyWaitNs: 5,
      envoySwitches: 2,
      serverNs: 9,
      serverWaitNs: 1,
    },
    ...{
      upstreamNs: null,
      generatorNs: 180,
      machineBusyNs: 200,
      stealNs: 3,
      requests: 30,
      bad: 2,
      served: 24,
    },
    ...{
      badExample: 'wrong',
      aborted: 2,
      eventLoopDelayUs: 9,
      generators: 2,
      spinNs: 80,
      unanswered: 2,
      offered: 22,
    },
    ...{ answeredInTime: 20, backlog: { open: 2, close: 4 }, sendLagUs: { mean: 8, max: 30, count: 30 } },
  });
  expect(decodeFromCompressedBase64(histogram).totalCount).toBe(2);
});
