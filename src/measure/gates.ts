import type { Fingerprint, Warning } from '../results/schema/index.js';

// With more than this on two cores, something else is at work.
const muchLoadPerCore = 0.5;
const muchStealBefore = 0.02;

/** What is known to spoil numbers before anything is measured, each with what to do about it. */
export function machineWarnings(fingerprint: Fingerprint, measured: Measured): Warning[] {
  return gates.flatMap((gate) => gate(fingerprint, measured) ?? []);
}

/** What is to be measured on the machine. */
export interface Measured {
  /** Whether any arm has a server of its own. */
  readonly external: boolean;
}

type Gate = (fingerprint: Fingerprint, measured: Measured) => Warning | null;

const gates: readonly Gate[] = [
  ({ loadAverage1m, cores }) =>
    warning(
      loadAverage1m / cores > muchLoadPerCore,
      'busy-machine',
      `the load average is ${loadAverage1m.toFixed(2)} on ${cores} cores: other work is running`,
      'stop it, wait a minute, and run again',
    ),
  ({ placement }) =>
    warning(
      !placement.pinned,
      'not-pinned',
      'processes cannot be pinned to cores here, so they move and disturb each other',
      'install util-linux (taskset), or read the intervals only',
    ),
  ({ placement }, { external }) =>
    warning(
      external && placement.serverSharesEnvoy,
      'server-shares-core',
      "external servers share Envoy's core: their capacity is that of one core for both, and each preempts the other",
      'use four cores or more to see them apart; CPU per request holds for this placement',
    ),
  ({ placement }) =>
    warning(
      overlap(placement.generatorCpus, [...placement.envoyCpus, ...placement.serverCpus]),
      'generator-shares-core',
      'the load generator shares a core with what it measures: latency and capacity are those of the two together',
      'give this machine at least two cores',
    ),
  ({ governor }) =>
    warning(
      governor !== null && governor !== 'performance',
      'governor',
      `the CPU governor is "${governor}": the clock follows the load`,
      'set it to performance: cpupower frequency-set -g performance',
    ),
  ({ cgroupCpuLimit, cores }) =>
    warning(
      cgroupCpuLimit !== null && cgroupCpuLimit < cores,
      'cgroup-limit',
      `the control group allows ${cgroupCpuLimit?.toFixed(2)} of ${cores} cores: a busy slice is held back in the middle`,
      'raise or remove the CPU limit of this container',
    ),
  ({ stealShare }) =>
    warning(
      stealShare !== null && stealShare > muchStealBefore,
      'steal-before',
      `the hypervisor has given ${((stealShare ?? 0) * 100).toFixed(1)} % of this machine's busy time to others`,
      'use a host of its own, or more restarts',
    ),
];

/** What happened to the machine during the run, by what could be read before and after it. */
export function throttlingWarnings(
  before: Pick<Fingerprint, 'cgroupThrottledMs' | 'thermalThrottles'>,
  after: Pick<Fingerprint, 'cgroupThrottledMs' | 'thermalThrottles'>,
): Warning[] {
  const heldBackMs = (after.cgroupThrottledMs ?? 0) - (before.cgroupThrottledMs ?? 0);
  const throttles = (after.thermalThrottles ?? 0) - (before.thermalThrottles ?? 0);
  return [
    ...asList(
      warning(
        heldBackMs > 0,
        'cgroup-throttled',
        `the control group was held back for ${Math.round(heldBackMs)} ms during the run`,
        'raise or remove the CPU limit of this container, and run again',
      ),
    ),
    ...asList(
      warning(
        throttles > 0,
        'thermal-throttling',
        `the processor slowed down for heat ${throttles} times during the run`,
        'let it cool, fix the clock below its turbo, and run again',
      ),
    ),
  ];
}

function warning(applies: boolean, code: string, message: string, next: string): Warning | null {
  return applies ? { code, message, next } : null;
}

function asList(found: Warning | null): Warning[] {
  return found === null ? [] : [found];
}

function overlap(some: readonly number[], others: readonly number[]): boolean {
  return some.some((cpu) => others.includes(cpu));
}
