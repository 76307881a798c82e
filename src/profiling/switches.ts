import { readdirSync, readFileSync } from 'node:fs';

/** Context switches so far, over all threads. */
export interface Switches {
  readonly voluntary: number;
  readonly forced: number;
}

/**
 * How often the threads of a process were switched, so far; null where that can't be read.
 * Source: `voluntary_ctxt_switches` and `nonvoluntary_ctxt_switches` of /proc/PID/task/TID/status (proc(5)).
 */
export function readSwitches(pid: number): Switches | null {
  try {
    const statuses = readdirSync(`/proc/${pid}/task`).map((task) =>
      readFileSync(`/proc/${pid}/task/${task}/status`, 'latin1'),
    );
    const sum = (pattern: RegExp) =>
      statuses.reduce((total, status) => total + Number(pattern.exec(status)?.[1]), 0);
    const voluntary = sum(/^voluntary_ctxt_switches:\s*(\d+)$/m);
    const forced = sum(/^nonvoluntary_ctxt_switches:\s*(\d+)$/m);
    return Number.isNaN(voluntary + forced) ? null : { voluntary, forced };
  } catch {
    // It has ended.
    return null;
  }
}
