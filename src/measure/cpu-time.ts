import { readdirSync, readFileSync } from 'node:fs';
import type { CpuSource } from '../runtime/types.js';

/**
 * CPU time that a running thing has used so far, in ns, over all its threads.
 * Source: the first field of /proc/PID/task/TID/schedstat (Linux Documentation/scheduler/sched-stats.rst), which unlike
 * /proc/PID/stat does not count in ticks. Synchronous: it is read at the very edges of a slice's window.
 * @throws Error (ENOENT) where the process is gone.
 */
export function readCpuNs(source: CpuSource): number {
  const tasks = `/proc/${source.pid}/task`;
  let total = 0;
  for (const task of readdirSync(tasks)) {
    const text = readFileSync(`${tasks}/${task}/schedstat`, 'latin1');
    total += Number(text.slice(0, text.indexOf(' ')));
  }
  return total;
}
