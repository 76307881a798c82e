import { readFileSync } from 'node:fs';
import { portRange, randomPorts } from '../../runtime/ports.js';
import { type Check, ok, warn } from '../check.js';

// As many as a restart with all arms of one scenario takes, roughly.
const wanted = 32;

/** Whether Envoys find free ports of 127.0.0.1. */
export const ports: Check = {
  name: 'ports',
  neededBy: ['native', 'docker'],
  async look() {
    const { lowest, highest } = portRange;
    const free = randomPorts(Math.random);
    for (let count = 0; count < wanted; count += 1) await free.next('a check');
    const from = ephemeralFrom();
    if (from !== null && from < highest) {
      return warn(
        `outgoing connections take ports from ${from}, and Envoys between ${lowest} and ${highest}: one may take what the other was given`,
        `sysctl net.ipv4.ip_local_port_range="32768 60999", or --port-base with a range below ${from}`,
      );
    }
    return ok(`free ones of 127.0.0.1 between ${lowest} and ${highest}`);
  },
};

// ip-sysctl: the first port that the system gives to a connection of its own choice.
function ephemeralFrom(): number | null {
  try {
    return Number.parseInt(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8'), 10);
  } catch {
    return null;
  }
}
