import { z } from 'zod';
import { fetchJson } from '../runtime/fetch-json.js';
import type { TcpAddress } from '../runtime/types.js';

const statsSchema = z.object({
  stats: z.array(z.union([z.object({ name: z.string(), value: z.number() }), z.object({}).loose()])),
});

/**
 * Counters and gauges of an Envoy's admin endpoint; those never touched are left away.
 * @throws FailedError where it does not answer.
 */
export async function fetchCounters({ host, port }: TcpAddress): Promise<ReadonlyMap<string, number>> {
  const { stats } = await fetchJson(`http://${host}:${port}/stats?usedonly&format=json`, statsSchema, {
    who: 'Envoy',
    what: "Envoy's statistics",
  });
  return new Map(
    stats.flatMap((stat): [string, number][] =>
      'value' in stat && typeof stat.value === 'number' && typeof stat.name === 'string'
        ? [[stat.name, stat.value]]
        : [],
    ),
  );
}
