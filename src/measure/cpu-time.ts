import { readdirSync, readFileSync } from 'node:fs';
import type { LocalCpuSource } from '../runtime/types.js';

/** What a running thing has had of the CPU so far, over all its threads. */
export interface CpuTime {
  /** Time on a CPU. */
  readonly cpuNs: number;
  /** Time in which it could have run, and waited for a CPU that others had; null where that can't be read. */
  readonly waitNs: number | null;
}

/**
 * CPU time and time waited for a CPU, in ns. Synchronous: it is read at the very edges of a slice's window.
 * Sources: the first two fields of /proc/PID/task/TID/schedstat (Linux Documentation/scheduler/sched-stats.rst), which
 * unlike /proc/PID/stat do not count in ticks; of a control group usage_usec of cpu.stat (admin-guide/cgroup-v2.rst) or
 * cpuacct.usage (admin-guide/cgroup-v1/cpuacct.rst).
 * @throws Error (ENOENT) where the process or group is gone.
 */
export function readCpuTime(source: LocalCpuSource): CpuTime {
  switch (source.kind) {
    case 'schedstat':
      return readSchedstat(source.pid);
    case 'cgroup-v2': {
      const stat = readFileSync(`${source.dir}/cpu.stat`, 'latin1');
      return { cpuNs: Number(/^usage_usec (\d+)$/m.exec(stat)?.[1]) * 1_000, waitNs: null };
    }
    case 'cgroup-v1':
      return { cpuNs: Number(readFileSync(`${source.dir}/cpuacct.usage`, 'latin1')), waitNs: null };
  }
}

function readSchedstat(pid: number): CpuTime {
  const tasks = `/proc/${pid}/task`;
  let cpuNs = 0;
  let waitNs = 0;
  for (const task of readdirSync(tasks)) {
    const [cpu, wait] = readFileSync(`${tasks}/${task}/schedstat`, 'latin1').split(' ', 2);
    cpuNs += Number(cpu);
    waitNs += Number(wait);
  }
  return { cpuNs, waitNs };
}

/**
 * CPU time that a running thing has used so far, in ns.
 * @throws Error (ENOENT) where the process is gone.
 */
export function readCpuNs(source: LocalCpuSource): number {
  return readCpuTime(source).cpuNs;
}

/**
 * How often any of its threads was taken off a CPU though it could have run on, so far; null where that can't be read.
 * Source: `nonvoluntary_ctxt_switches` of /proc/PID/task/TID/status (proc(5)). Dearer to read than `readCpuTime`.
 */
export function readForcedSwitches(source: LocalCpuSource): number | null {
  if (source.kind !== 'schedstat') return null;
  const tasks = `/proc/${source.pid}/task`;
  try {
    let switches = 0;
    for (const task of readdirSync(tasks)) {
      const status = readFileSync(`${tasks}/${task}/status`, 'latin1');
      switches += Number(/^nonvoluntary_ctxt_switches:\s*(\d+)$/m.exec(status)?.[1]);
    }
    return Number.isNaN(switches) ? null : switches;
  } catch {
    return null;
  }
}
