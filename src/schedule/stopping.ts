import type { Plan } from './plan.js';

/** Why a schedule ended: all restarts done, intervals narrow enough, or no time for another restart. */
export type StopReason = 'planned' | 'precision' | 'budget';

/**
 * Whether the schedule ends after `done` restarts, and why; null: it goes on. With a precision it goes on past the
 * profile's restarts until intervals are narrow enough. It looks at their width only: one that looks at significance would
 * find more differences than there are (Armitage, McPherson and Rowe 1969).
 * @param spentSeconds how long the schedule has taken so far
 * @param isPrecise whether every interval is as narrow as asked for
 */
export function stopAfter(
  { summary }: Plan,
  done: number,
  spentSeconds: number,
  isPrecise: () => boolean = () => false,
): StopReason | null {
  // Never fewer than the method's restarts: an interval over a few is narrow by luck.
  if (done < summary.restarts) return null;
  if (summary.precisionUs === null) return 'planned';
  if (isPrecise()) return 'precision';
  const another = spentSeconds / done;
  return spentSeconds + another > summary.budgetSeconds ? 'budget' : null;
}
