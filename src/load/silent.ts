import type { SliceOutcome } from './slice.js';

/**
 * How long is waited before each time that a silent slice is driven again; after the last one it counts against its target. Other
 * work that holds a core mostly comes in bursts, and a target that hangs costs a few seconds.
 */
export const repeatAfterMs: readonly number[] = [100, 500, 2_000];

/**
 * Whether no answer came in a window, and none that was wrong at any time: on a machine whose cores others hold that says nothing
 * of the target.
 */
export function isSilent({ requests, bad }: Pick<SliceOutcome, 'requests' | 'bad'>): boolean {
  return requests === 0 && bad === 0;
}
