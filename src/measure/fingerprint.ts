import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import type { Fingerprint, Placement } from '../results/schema/index.js';
import { readMachineLimits } from './machine-limits.js';
import { readMachineTime } from './machine-time.js';

/** What the numbers were measured on; unlike fingerprints are not compared. */
export function takeFingerprint(placement: Placement, tools: Readonly<Record<string, string>>): Fingerprint {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    kernel: release(),
    os: osName(),
    arch: arch(),
    node: process.version,
    governor: readLine('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor'),
    virtualised: virtualisation(),
    ...readMachineLimits(),
    stealShare: stealShare(),
    loadAverage1m: loadavg()[0] ?? 0,
    placement,
    tools: { ...tools },
  };
}

// Since the machine started: what to expect of this host before anything is measured.
function stealShare(): number | null {
  const { busyNs, stealNs } = readMachineTime();
  return busyNs === 0 ? null : stealNs / (busyNs + stealNs);
}

function osName(): string {
  // os-release(5): NAME="value"
  const text = readLine('/etc/os-release', /^PRETTY_NAME="?([^"\n]*)"?$/m);
  return text ?? type();
}

function virtualisation(): string | null {
  const product = readLine('/sys/class/dmi/id/product_name');
  const hypervisor = /^flags\b.*\bhypervisor\b/m.test(read('/proc/cpuinfo') ?? '');
  return hypervisor ? (product ?? 'yes') : null;
}

function readLine(path: string, pattern = /^(.*)$/m): string | null {
  return pattern.exec(read(path) ?? '')?.[1]?.trim() || null;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
