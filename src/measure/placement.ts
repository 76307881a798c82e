import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Placement } from '../results/schema/index.js';

/**
 * Which cores each part runs on (method: placement). With two cores Envoy and the external server share one, the
 * generator and an upstream the other; with four or more each has its own.
 * @param cores cores that we may use, in order
 * @param pinned whether processes can be pinned at all
 */
export function choosePlacement(cores: readonly number[], pinned: boolean): Placement {
  const [first = 0, second = first, third = first, fourth = second] = cores;
  const server = cores.length >= 3 ? third : first;
  return {
    envoyCpus: [first],
    serverCpus: [server],
    // An open loop is spread over these; a closed one has the first.
    generatorCpus: [second, ...cores.slice(4, 6)],
    upstreamCpus: [cores.length >= 4 ? fourth : second],
    serverSharesEnvoy: server === first,
    pinned,
  };
}

/** The cores that this process may use, from `Cpus_allowed_list` of /proc/self/status (proc(5)). */
export function allowedCores(): number[] {
  try {
    const list = /^Cpus_allowed_list:\s*(.+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
    return parseCpuList(list);
  } catch {
    return Array.from({ length: availableParallelism() }, (_, index) => index);
  }
}

/** `0-2,5` → [0, 1, 2, 5] (cpuset(7), list format). */
export function parseCpuList(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [from = Number.NaN, to = from] = part.split('-').map(Number);
    return Number.isNaN(from) ? [] : Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}
