import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { BadInputError, FailedError } from '../../src/errors.js';
import { randomPorts, sequentialPorts } from '../../src/runtime/ports.js';

/** A port of loopback that is in use until disposal. */
async function usedPort(wanted = 0): Promise<{ port: number } & AsyncDisposable> {
  const server = createServer();
  server.listen(wanted, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}

/** The number in [0, 1) that stands for this port. */
const placeOf = (port: number) => (port - 10_000 + 0.5) / 22_000;

async function canListen(port: number): Promise<boolean> {
  await using _ = await usedPort(port);
  return true;
}

describe('random ports', () => {
  it('are free, each once, and below the range that the generator connects from', async () => {
    const ports = randomPorts(Math.random);
    const given: number[] = [];
    for (let index = 0; index < 50; index += 1) given.push(await ports.next('a test'));
    expect(new Set(given).size).toBe(50);
    for (const port of given) {
      expect(port).toBeGreaterThanOrEqual(10_000);
      expect(port).toBeLessThan(32_000);
    }
    expect(await canListen(given[0]!)).toBe(true);
  });

  it('are the same for the same random numbers, but for those in use', async () => {
    const probe = randomPorts(Math.random);
    const [first, second, third] = [await probe.next('a'), await probe.next('b'), await probe.next('c')];
    await using _ = await usedPort(first);
    const places = [first, second, second, third].map(placeOf);
    const ports = randomPorts(() => places.shift() ?? 0);
    // The first is in use, and the second comes up twice.
    expect([await ports.next('x'), await ports.next('y')]).toEqual([second, third]);
  });

  it('leave out one that fetch does not speak to', async () => {
    const places = [10_080, 10_081].map(placeOf);
    expect(await randomPorts(() => places.shift() ?? 0).next('a')).toBeGreaterThan(10_080);
    await expect(fetch('http://127.0.0.1:10080/')).rejects.toMatchObject({
      cause: expect.objectContaining({ message: 'bad port' }),
    });
    expect(await sequentialPorts(10_080).next('b')).toBe(10_081);
  });

  it('fail where none is free, and say what for', async () => {
    const port = await randomPorts(Math.random).next('a test');
    await using _ = await usedPort(port);
    const looking = randomPorts(() => placeOf(port)).next('envoy listener');
    await expect(looking).rejects.toThrow(FailedError);
    await expect(looking).rejects.toThrow('no free port for envoy listener between 10000 and 32000');
  });
});

describe('ports from a base', () => {
  it('come one after another', async () => {
    let base = 0;
    for (const candidate of [18_400, 21_400, 24_400, 27_400, 30_400]) {
      const free = await Promise.all([0, 1, 2].map((more) => canListen(candidate + more).catch(() => false)));
      if (free.every(Boolean)) base = candidate;
    }
    expect(base).not.toBe(0);
    const ports = sequentialPorts(base);
    expect([await ports.next('a'), await ports.next('b'), await ports.next('c')]).toEqual([
      base,
      base + 1,
      base + 2,
    ]);
  });

  it('are refused where one is in use: it is named, with what for and how to go on', async () => {
    await using used = await usedPort();
    const asking = sequentialPorts(used.port).next('echo listen');
    await expect(asking).rejects.toThrow(BadInputError);
    await expect(asking).rejects.toMatchObject({
      message: expect.stringContaining(`port ${used.port} on 127.0.0.1 is in use`),
      next: expect.stringContaining('--port-base'),
    });
    await expect(asking).rejects.toThrow('needed for echo listen');
  });

  it('end at 65535', async () => {
    await expect(sequentialPorts(65_536).next('a test')).rejects.toThrow(BadInputError);
  });

  it('never start at 0', async () => {
    await expect(sequentialPorts(0).next('a test')).rejects.toThrow(BadInputError);
  });
});
