import { median } from 'simple-statistics';
import type { Sample, Warning } from '../schema/index.js';

// A busy machine makes windows some ms longer, and a slice's numbers are of the window that it had; beyond this the machine stood still.
const stretchedTimes = 3;
const leastExtraMs = 500;

/** What must be known of the slices of an arm under one load in one restart. */
export interface TimedCell extends Pick<Sample, 'arm' | 'restart' | 'purpose' | 'load'> {
  readonly windowsNs: readonly number[];
}

/**
 * Slices whose window was far longer than that of others of their kind: a virtual machine that was paused, a laptop that slept, or a generator
 * that had no core. All of a kind are planned alike, so that their median says how long a window was meant to be.
 * @param kindOf what is planned alike, besides load and purpose: the scenario
 */
export function stretchedSlices(cells: readonly TimedCell[], kindOf: (arm: string) => string): Warning[] {
  const kinds = new Map<string, TimedCell[]>();
  for (const cell of cells) {
    const key = `${kindOf(cell.arm)} ${cell.purpose} ${JSON.stringify(cell.load)}`;
    const alike = kinds.get(key) ?? [];
    alike.push(cell);
    kinds.set(key, alike);
  }
  const stretched = [...kinds.values()].flatMap((alike) => {
    const windowsNs = alike.flatMap((cell) => cell.windowsNs.filter((windowNs) => windowNs > 0));
    if (windowsNs.length === 0) return [];
    const usualMs = median(windowsNs) / 1e6;
    const leastMs = Math.max(stretchedTimes * usualMs, usualMs + leastExtraMs);
    return alike.flatMap(({ arm, restart, windowsNs: own }) =>
      own
        .filter((windowNs) => windowNs / 1e6 > leastMs)
        .map((windowNs) => ({ arm, restart, usualMs, ms: windowNs / 1e6 })),
    );
  });
  const [longest] = stretched.toSorted((a, b) => b.ms - a.ms);
  if (!longest) return [];
  const { arm, restart, ms, usualMs } = longest;
  const many = stretched.length === 1 ? 'a slice' : `${stretched.length} slices`;
  return [
    {
      code: 'stretched-slice',
      message: `${many} took far longer than planned, the longest ${(ms / 1_000).toFixed(1)} s in place of ${(usualMs / 1_000).toFixed(1)} s (${arm}, restart ${restart + 1}): the machine was paused or asleep, or the generator had no core`,
      next: 'they stay in every number; measure again where nothing suspends the machine, or look at outliers before believing them',
    },
  ];
}
