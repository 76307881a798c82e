import { setInterval } from 'node:timers/promises';
import type { RunningWorkload } from '../runtime/types.js';

/** Memory of a process while it is watched, in MiB. */
export interface MemoryWatch {
  peakMiB(): number | null;
  stop(): Promise<void>;
}

const everyMs = 200;

/** Reads a process's memory again and again until it is told to stop. */
export function watchMemory(workload: RunningWorkload): MemoryWatch {
  let peak: number | null = null;
  const end = new AbortController();
  const watching = (async () => {
    try {
      for await (const _ of setInterval(everyMs, null, { signal: end.signal })) {
        const now = await workload.pssMiB();
        // A process that ends still has an entry, without any memory.
        if (now !== null && now > 0) peak = Math.max(peak ?? 0, now);
      }
    } catch (error) {
      if (!end.signal.aborted) throw error;
    }
  })();
  return {
    peakMiB: () => peak,
    stop() {
      end.abort();
      return watching;
    },
  };
}
