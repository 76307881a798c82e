import { afterEach, describe, expect, it } from 'vitest';
import { FailedError } from '../../../src/errors.js';
import { type GeneratorPlan, measureGenerator } from '../../../src/load/calibration/measure-generator.js';
import { hasWrk } from '../../../src/load/calibration/wrk.js';
import { startGenerator } from '../../../src/load/generator/process.js';
import type { WireRequest } from '../../../src/load/slice.js';
import { sendOnce } from '../../../src/scenarios/send-once.js';
import { type LocalServer, serve } from '../local-server.js';

const plan: GeneratorPlan = {
  connections: [1, 8],
  pairs: 1,
  windowMs: 80,
  rates: [200],
  seed: 1,
  withWrk: true,
};
const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
});

async function measure(
  { address }: LocalServer,
  { expectStatus, withPath = path }: { expectStatus?: number; withPath?: string | undefined } = {},
) {
  const request = { method: 'GET', path: '/', headers: {} };
  const { status, wireBytes } = await sendOnce(address, request);
  const wire: WireRequest = { ...request, expect: { status: expectStatus ?? status, wireBytes } };
  await using generator = await startGenerator([]);
  process.env.PATH = withPath;
  const cpu = { envoy: { kind: 'schedstat', pid: process.pid }, server: null, upstream: null } as const;
  return await measureGenerator({ generator, target: address, request: wire, cpu, generatorCpus: [] }, plan);
}

describe('a measurement of the generator', () => {
  it('gives its ceiling, its lateness and its comparison with wrk, where that is installed', async () => {
    await using server = await serve((_, response) => response.end('ok'));
    const { ceilings, lateness, comparisons } = await measure(server);
    expect(ceilings.map(({ connections }) => connections)).toEqual([1, 8]);
    for (const numbers of [...ceilings, ...lateness])
      for (const value of Object.values(numbers)) expect(value).toBeGreaterThanOrEqual(0);
    for (const { rps, generatorBusy, envoyBusy, ownUs } of ceilings)
      expect(Math.min(rps, generatorBusy, envoyBusy, ownUs)).toBeGreaterThan(0);
    expect(lateness.map(({ rps }) => rps)).toEqual([200]);
    expect(comparisons?.map(({ connections }) => connections) ?? null).toEqual(
      (await hasWrk()) ? [1, 8] : null,
    );
  });

  it('does without wrk', async () => {
    await using server = await serve((_, response) => response.end('ok'));
    const { ceilings, comparisons } = await measure(server, { withPath: '/nonexistent' });
    expect(await hasWrk()).toBe(false);
    expect(comparisons).toBeNull();
    expect(ceilings).toHaveLength(2);
  });

  it('fails where the target answers wrong: its speed is no ceiling', async () => {
    await using server = await serve((_, response) => response.writeHead(404).end('ok'));
    await expect(measure(server, { expectStatus: 200 })).rejects.toThrow(FailedError);
    await expect(measure(server, { expectStatus: 200 })).rejects.toThrow(
      /the direct response was wrong \d+ times: status 404/,
    );
  });
});
