import { setTimeout as sleep } from 'node:timers/promises';
import { readMachineTime } from '../../measure/machine-time.js';
import { type Check, type Found, fromWarnings, warn } from '../check.js';

// Many ticks of 10 ms, and no longer than the other checks take.
const sampleMs = 500;
const muchStealNow = 0.02;

/** What else runs on this machine, and on its host, now. */
export const load: Check = {
  name: 'load',
  neededBy: [],
  async look(context) {
    const before = readMachineTime();
    await sleep(sampleMs, null, { signal: context.signal });
    const after = readMachineTime();
    const stealMs = (after.stealNs - before.stealNs) / 1e6;
    const share = stealMs / (sampleMs * context.fingerprint.cores);
    const load1m = context.fingerprint.loadAverage1m.toFixed(2);
    const said = fromWarnings(
      context,
      ['busy-machine', 'steal-before'],
      `load average ${load1m}, nothing stolen`,
    );
    return stealFound(share, said);
  },
};

/** Steal of this moment, beside what is known of before. The checks' own work is in the load, never in the steal. */
export function stealFound(share: number, before: Found): Found {
  if (share <= muchStealNow) return before;
  const now = `the hypervisor takes ${(share * 100).toFixed(1)} % of this machine right now`;
  return before.status === 'ok'
    ? warn(now, 'wait for its other guests, use a host of its own, or more restarts')
    : { ...before, message: `${before.message}; ${now}` };
}
