import { get } from 'node:http';
import { z } from 'zod';
import type { EngineStats } from '../runtime/types.js';

// An engine before version 23 answers after a whole second.
const withinMs = 5_000;

const statsSchema = z.object({
  cpu_stats: z.object({ cpu_usage: z.object({ total_usage: z.number() }) }),
});

/**
 * CPU time of a container so far, in ns, as its engine tells (Docker Engine API 1.41, ContainerStats with "one-shot").
 * @throws Error where the engine doesn't tell.
 */
export async function readEngineCpuNs({ dockerHost, container }: EngineStats): Promise<number> {
  const path = `/containers/${container}/stats?stream=false&one-shot=true`;
  const { protocol, hostname, port, pathname } = new URL(dockerHost);
  const where = protocol === 'unix:' ? { socketPath: pathname } : { host: hostname, port };
  const text = await new Promise<string>((resolve, reject) => {
    const call = get({ ...where, path, timeout: withinMs }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => resolve(body));
      response.on('error', reject);
    });
    call.on('timeout', () => call.destroy(new Error('no answer in time')));
    call.on('error', reject);
  });
  const stats = statsSchema.safeParse(JSON.parse(text));
  if (stats.success) return stats.data.cpu_stats.cpu_usage.total_usage;
  throw new Error(`the engine at ${dockerHost} does not tell the CPU time of ${container}: ${text.trim()}`);
}
