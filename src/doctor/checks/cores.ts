import { readFileSync } from 'node:fs';
import { parseCpuList } from '../../measure/placement.js';
import { counted } from '../../report/format/number.js';
import type { Placement } from '../../results/schema/index.js';
import { type Check, fromWarnings, warn } from '../check.js';

/** Which core each part of a run would have. */
export const cores: Check = {
  name: 'cores',
  neededBy: [],
  async look(context) {
    const { placement, fingerprint } = context;
    const twins = sharesCore(placement, siblingsOf);
    const { envoyCpus, serverCpus, generatorCpus } = placement;
    const count = counted(fingerprint.cores, 'core');
    const places = `${count}: Envoy on ${envoyCpus}, servers on ${serverCpus}, generator on ${generatorCpus}`;
    const codes = ['not-pinned', 'server-shares-core', 'generator-shares-core'];
    const found = fromWarnings(context, codes, places);
    if (found.status !== 'ok' || !twins) return found;
    return warn(
      `${places}, which are threads of one core: load slows down what it measures`,
      'switch SMT off, or start filterbench with taskset on cores of their own',
    );
  },
};

/**
 * Whether Envoy and the generator are two threads of one core.
 * @param siblings the threads of a CPU's core, itself among them
 */
export function sharesCore(
  { envoyCpus, generatorCpus }: Placement,
  siblings: (cpu: number) => readonly number[],
): boolean {
  return envoyCpus.some((cpu) =>
    generatorCpus.some((other) => other !== cpu && siblings(cpu).includes(other)),
  );
}

// sysfs-devices-system-cpu
function siblingsOf(cpu: number): number[] {
  try {
    const path = `/sys/devices/system/cpu/cpu${cpu}/topology/thread_siblings_list`;
    return parseCpuList(readFileSync(path, 'utf8').trim());
  } catch {
    return [cpu];
  }
}
