import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** What can hold a process back on this machine, as far as it can be read; null where it can't. */
export interface MachineLimits {
  /** Whether two threads of one core are in use as two cores. */
  readonly smt: boolean | null;
  /** Cores' worth of CPU that our control group may use; null where it is not limited. */
  readonly cgroupCpuLimit: number | null;
  /** How long our control group was held back so far. */
  readonly cgroupThrottledMs: number | null;
  /** How often the processor slowed down for heat so far, over all cores. */
  readonly thermalThrottles: number | null;
  /** Whether the clock may rise above the nominal one. */
  readonly turbo: boolean | null;
}

/**
 * Reads sysfs and the control group's files (Linux Documentation/admin-guide/cgroup-v2.rst, cgroup-v1/…, and
 * Documentation/admin-guide/pm/intel_pstate.rst). Containers see their own group at the root.
 */
export function readMachineLimits(root = '/'): MachineLimits {
  const read = (path: string) => readText(`${root}${path}`);
  const smt = read('sys/devices/system/cpu/smt/active');
  return {
    smt: smt === null ? null : smt === '1',
    cgroupCpuLimit: cpuLimit(read),
    cgroupThrottledMs: throttledMs(read),
    thermalThrottles: thermalThrottles(read),
    turbo: turboOf(read),
  };
}

type Read = (path: string) => string | null;

function cpuLimit(read: Read): number | null {
  const [quota, period] = read('sys/fs/cgroup/cpu.max')?.split(' ').map(Number) ?? [
    Number(read('sys/fs/cgroup/cpu/cpu.cfs_quota_us') ?? Number.NaN),
    Number(read('sys/fs/cgroup/cpu/cpu.cfs_period_us') ?? Number.NaN),
  ];
  // Version 2 says "max" where version 1 says -1.
  if (quota === undefined || period === undefined || !(quota > 0) || !(period > 0)) return null;
  return quota / period;
}

function throttledMs(read: Read): number | null {
  const v2 = /^throttled_usec (\d+)$/m.exec(read('sys/fs/cgroup/cpu.stat') ?? '')?.[1];
  if (v2 !== undefined) return Number(v2) / 1e3;
  const v1 = /^throttled_time (\d+)$/m.exec(read('sys/fs/cgroup/cpu/cpu.stat') ?? '')?.[1];
  return v1 === undefined ? null : Number(v1) / 1e6;
}

function thermalThrottles(read: Read): number | null {
  const counts = cpus().map((_, core) =>
    read(`sys/devices/system/cpu/cpu${core}/thermal_throttle/core_throttle_count`),
  );
  const known = counts.filter((count) => count !== null);
  return known.length === 0 ? null : known.reduce((sum, count) => sum + Number(count), 0);
}

function turboOf(read: Read): boolean | null {
  const noTurbo = read('sys/devices/system/cpu/intel_pstate/no_turbo');
  if (noTurbo !== null) return noTurbo === '0';
  const boost = read('sys/devices/system/cpu/cpufreq/boost');
  return boost === null ? null : boost === '1';
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}
