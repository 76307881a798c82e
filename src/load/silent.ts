import type { SliceOutcome } from './slice.js';

/**
 * How often a silent slice is driven again before that counts against its target: other work seldom holds a core through four
 * windows in a row, and a target that hangs costs a few seconds.
 */
export const mostRepeats = 3;

/**
 * Whether no answer came in a window, and none that was wrong at any time: on a machine whose cores others hold that says nothing
 * of the target.
 */
export function isSilent({ requests, bad }: Pick<SliceOutcome, 'requests' | 'bad'>): boolean {
  return requests === 0 && bad === 0;
}
