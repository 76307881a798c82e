import { performance } from 'node:perf_hooks';

// An idle turn takes a few µs; in a longer one the process was off the CPU, and used none.
const longestIdleTurnMs = 0.05;

/**
 * Turns the event loop without a pause until `turn` says `done`: timers go in whole milliseconds, far too coarse to pace by.
 * @param turn what to do each time: `idle` where there was nothing to do
 * @param didWork whether anything else (an answer) was handled since it was last asked
 * @returns a reader of the ms that went by in idle turns so far, and the end
 */
export function spin(turn: (nowMs: number) => 'idle' | 'busy' | 'done', didWork: () => boolean) {
  let idleMs = 0;
  let lastMs = performance.now();
  const ended = new Promise<void>((resolve, reject) => {
    function next(): void {
      try {
        const nowMs = performance.now();
        const state = turn(nowMs);
        const tookMs = nowMs - lastMs;
        if (!didWork() && tookMs < longestIdleTurnMs) idleMs += tookMs;
        lastMs = state === 'idle' ? nowMs : performance.now();
        if (state === 'done') resolve();
        else setImmediate(next);
      } catch (error) {
        reject(error);
      }
    }
    setImmediate(next);
  });
  return { idleMs: () => idleMs, ended };
}
