import { readFileSync } from 'node:fs';
import { type Check, ok, warn } from '../check.js';

// The usual limit of a shell; all arms of a scenario and their connections need some hundreds.
const enough = 1_024;

/** How many files and sockets a process may have open. */
export const openFiles: Check = {
  name: 'open files',
  neededBy: [],
  async look() {
    return openFilesFound(readLimits());
  },
};

/** What the text of /proc/PID/limits means (proc(5)); null where there is none. */
export function openFilesFound(limits: string | null) {
  const soft = /^Max open files\s+(\d+|unlimited)/m.exec(limits ?? '')?.[1];
  if (soft === undefined) return ok('the limit cannot be read here');
  if (soft === 'unlimited' || Number(soft) >= enough) return ok(`${soft} of a process may be open`);
  return warn(
    `${soft} of a process may be open: connections may fail under load`,
    `ulimit -n ${enough} in this shell`,
  );
}

function readLimits(): string | null {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return null;
  }
}
