import type { Distribution, Load, OpenLoopResult } from '../../src/results/schema/index.js';

const unloaded: Load = { loop: 'closed', connections: 1, workers: 1 };

/** Response times around a median, at 1 connection and at the rates that were sustained; an interval is a tenth to both sides. */
export function distributionsOf(
  medianUs: number,
  rates: readonly OpenLoopResult[],
  intervals: boolean,
): Distribution[] {
  const loads: Load[] = [unloaded, ...rates.map(({ rps }): Load => ({ loop: 'open', rps, workers: 1 }))];
  const tail = [
    [50, 1],
    [90, 1.3],
    [99, 2.1],
    [99.9, 4],
  ] as const;
  return loads.map((load) => ({
    load,
    samples: 120_000,
    restarts: 12,
    points: tail.map(([percentile, times]) => {
      const us = medianUs * times;
      return { percentile, us, low: intervals ? us * 0.9 : null, high: intervals ? us * 1.1 : null };
    }),
  }));
}
