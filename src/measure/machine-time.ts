import { readFileSync } from 'node:fs';

// USER_HZ is 100 on every Linux port that Node supports (time(7)).
const nsPerTick = 10_000_000;

/** CPU time of the whole machine so far, in ns; both count in ticks of 10 ms. */
export interface MachineTime {
  /** Time that any process was on CPU. */
  readonly busyNs: number;
  /** Time that the hypervisor gave to others. */
  readonly stealNs: number;
}

/** Reads /proc/stat (proc(5)); zeros where there is none. */
export function readMachineTime(): MachineTime {
  try {
    const line = readFileSync('/proc/stat', 'latin1').split('\n', 1)[0] ?? '';
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line
      .trim()
      .split(/\s+/)
      .slice(1)
      .map(Number);
    return { busyNs: (user + nice + system + irq + softirq) * nsPerTick, stealNs: steal * nsPerTick };
  } catch {
    return { busyNs: 0, stealNs: 0 };
  }
}
