import type { Strike } from '../fault.js';

/** The fault that the filters of filters/faults know by a name. */
export function askedFor(name: string, times = 1): Strike {
  return { kind: 'request', headers: { 'x-fault': name }, times };
}

/** What the faults of filters/faults take that keep memory, and those that take all they get. */
export const memoryMiB = { kept: 256, exhausting: 1_536 } as const;

/** How much Envoy may grow where a filter takes all it gets. */
export const headroomMiB = 512;
