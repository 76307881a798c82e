import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { FailedError, InstrumentError } from '../../src/errors.js';
import { type Generator, startGenerator } from '../../src/load/generator/process.js';
import type { ClosedLoopSlice } from '../../src/load/slice.js';
import { processStartTicks } from '../../src/runtime/process-identity.js';
import type { TcpAddress } from '../../src/runtime/types.js';
import { sendOnce } from '../../src/scenarios/send-once.js';
import { type LocalServer, serve } from './local-server.js';

const ok: RequestListener = (_, response) => response.end('ok');

async function sliceOf(target: TcpAddress, more: Partial<ClosedLoopSlice> = {}): Promise<ClosedLoopSlice> {
  const request = { method: 'GET', path: '/', headers: { 'x-bench': '"quotes" survive' } };
  const { status, wireBytes } = await sendOnce(target, request);
  return {
    loop: 'closed',
    target,
    connections: 2,
    requests: [{ ...request, expect: { status, wireBytes } }],
    leadMs: 10,
    windowMs: 60,
    cpu: { envoy: { kind: 'schedstat', pid: process.pid }, server: null, upstream: null },
    ...more,
  };
}

const isGone = ({ pid }: Generator) => processStartTicks(pid) === null;

/** The server has got a request over one of the generator's connections. */
async function loadHasBegun(server: LocalServer): Promise<void> {
  await expect.poll(() => server.connections.size, { timeout: 30_000 }).toBeGreaterThan(0);
}

describe("the generator's process", () => {
  it('runs slice after slice, and is gone after dispose', async () => {
    await using server = await serve(ok);
    const slice = await sliceOf(server.address);
    const generator = await startGenerator([]);
    try {
      for (const _ of [1, 2]) {
        const outcome = await generator.run(slice);
        expect(outcome).toMatchObject({ bad: 0, aborted: 0 });
        expect(outcome.requests).toBeGreaterThan(0);
        expect(outcome.envoyNs).toBeGreaterThan(0);
      }
      expect(generator.pid).not.toBe(process.pid);
    } finally {
      await generator[Symbol.asyncDispose]();
    }
    expect(isGone(generator)).toBe(true);
    await expect.poll(() => server.connections.size).toBe(0);
  });

  it('outlives Ctrl-C, which is for the orchestrator to act upon', async () => {
    await using server = await serve(ok);
    await using generator = await startGenerator([]);
    process.kill(generator.pid, 'SIGINT');
    expect((await generator.run(await sliceOf(server.address))).bad).toBe(0);
  });

  it('leaves no listener for our own exit', async () => {
    const before = process.listenerCount('exit');
    const generator = await startGenerator([]);
    await generator[Symbol.asyncDispose]();
    expect(process.listenerCount('exit')).toBe(before);
  });

  it('is killed on our own exit', async () => {
    const before = process.listeners('exit');
    await using generator = await startGenerator([]);
    const mine = process.listeners('exit').filter((listener) => !before.includes(listener));
    expect(mine.length).toBeGreaterThan(0);
    for (const onExit of mine) onExit(0);
    await expect.poll(() => isGone(generator)).toBe(true);
  });
});

describe('a generator that is killed', () => {
  it('in the middle of a slice: the slice fails', async () => {
    await using server = await serve(ok);
    await using generator = await startGenerator([]);
    const running = generator.run(await sliceOf(server.address, { windowMs: 600_000 }));
    const failed = expect(running).rejects.toThrow(InstrumentError);
    await loadHasBegun(server);
    process.kill(generator.pid, 'SIGKILL');
    await failed;
    await expect(running).rejects.toThrow('the load generator was ended by SIGKILL');
  });

  it('between two slices: the next one fails', async () => {
    await using server = await serve(ok);
    await using generator = await startGenerator([]);
    process.kill(generator.pid, 'SIGKILL');
    await expect.poll(() => isGone(generator)).toBe(true);
    await expect(generator.run(await sliceOf(server.address))).rejects.toThrow(InstrumentError);
  });
});

describe('a slice whose Envoy is gone', () => {
  const gone = { envoy: { kind: 'schedstat', pid: 2 ** 22 + 1 }, server: null, upstream: null } as const;

  it('fails with what could not be read', async () => {
    await using server = await serve(ok);
    await using generator = await startGenerator([]);
    const running = generator.run(await sliceOf(server.address, { cpu: gone }));
    await expect(running).rejects.toThrow(/^a slice could not be measured: .*ENOENT/);
    await expect(running).rejects.toThrow(FailedError);
  });

  it('leaves no load running', async () => {
    await using server = await serve(ok);
    await using generator = await startGenerator([]);
    await expect(generator.run(await sliceOf(server.address, { cpu: gone }))).rejects.toThrow(FailedError);
    await expect.poll(() => server.connections.size, { timeout: 3_000 }).toBe(0);
  });
});
