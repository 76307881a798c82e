import { z } from 'zod';
import { FailedError } from '../errors.js';
import type { TcpAddress } from '../runtime/types.js';

const statsSchema = z.object({
  stats: z.array(z.union([z.object({ name: z.string(), value: z.number() }), z.object({}).loose()])),
});

const answerTimeoutMs = 5_000;

/**
 * Counters and gauges of an Envoy's admin endpoint; those never touched are left away.
 * @throws FailedError where it does not answer.
 */
export async function fetchCounters({ host, port }: TcpAddress): Promise<ReadonlyMap<string, number>> {
  const url = `http://${host}:${port}/stats?usedonly&format=json`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(answerTimeoutMs) });
    const { stats } = statsSchema.parse(await response.json());
    return new Map(
      stats.flatMap((stat): [string, number][] =>
        'value' in stat && typeof stat.value === 'number' && typeof stat.name === 'string'
          ? [[stat.name, stat.value]]
          : [],
      ),
    );
  } catch (error) {
    throw new FailedError(
      `Envoy's statistics cannot be read from ${url}`,
      'see whether Envoy is still alive',
      error,
    );
  }
}
