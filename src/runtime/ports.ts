import { createServer } from 'node:net';
import { BadInputError, FailedError } from '../errors.js';

/** Hands out TCP ports of 127.0.0.1 that were free a moment ago. */
export interface PortAllocator {
  /** @throws BadInputError where a port of a range that the user fixed is in use. */
  next(purpose: string): Promise<number>;
}

// Below Linux's ephemeral range (ip_local_port_range begins at 32768), which the generator's own connections use.
const lowest = 10_000;
const highest = 32_000;

/** Where random ports are looked for. */
export const portRange = { lowest, highest } as const;

// Ports that `fetch` refuses to speak to, whoever listens there, from 1024 on (Fetch Standard, "port blocking").
const blocked = new Set([
  ...[1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566],
  ...[6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080],
]);

/** Ports at random places, a new incidental layout for each restart; `random` gives numbers in [0, 1). */
export function randomPorts(random: () => number): PortAllocator {
  const given = new Set<number>();
  return {
    async next(purpose) {
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const port = lowest + Math.floor(random() * (highest - lowest));
        if (given.has(port) || blocked.has(port) || !(await isFree(port))) continue;
        given.add(port);
        return port;
      }
      throw new FailedError(
        `no free port for ${purpose} between ${lowest} and ${highest}`,
        'stop what listens there, or give a free range with --port-base',
      );
    },
  };
}

/** Ports one after another from `base`, for machines where only a known range may be used. */
export function sequentialPorts(base: number): PortAllocator {
  let port = base;
  return {
    async next(purpose) {
      while (blocked.has(port)) port += 1;
      const candidate = port;
      port += 1;
      if (candidate >= 1 && candidate <= 65_535 && (await isFree(candidate))) return candidate;
      throw new BadInputError(
        `port ${candidate} on 127.0.0.1 is in use or not allowed (needed for ${purpose}; --port-base ${base})`,
        `see what holds it with "ss -ltnp 'sport = :${candidate}'", or choose another --port-base, or leave it away`,
      );
    },
  };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host: '127.0.0.1', port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
