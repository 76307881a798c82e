import { readCpuNs } from '../../src/measure/cpu-time.js';
import type { RunningWorkload } from '../../src/runtime/types.js';

/** CPU time of a workload whose process or control group this machine sees, as those of tests always are. */
export function localCpuNs({ cpu }: Pick<RunningWorkload, 'cpu'>): number {
  if (cpu.kind === 'engine-stats') throw new Error('this machine sees no process of a container');
  return readCpuNs(cpu);
}
