/** What an open loop at equal gaps must see of a server that stalls: everything that is known before it is measured. */
export interface StallPlan {
  readonly windowMs: number;
  /** Length of each stall that lies in the window. */
  readonly stallsMs: readonly number[];
  /** What a request takes outside of stalls. */
  readonly usualMs: number;
}

/**
 * A percentile of response times from the intended start, computed: of the arrivals in a stall of S ms the first waits S and the
 * last none, each as likely as any other, and all others take the usual time. Working off what piled up is not in it: it takes
 * a few ms.
 * @param percentile from 0 to 100
 * @returns ms
 */
export function stallPercentileMs({ windowMs, stallsMs, usualMs }: StallPlan, percentile: number): number {
  const beyond = 1 - percentile / 100;
  // The share that waits longer than x is Σ max(0, S − x) / window: it falls as x grows, so halving finds the x.
  const shareOver = (x: number) =>
    stallsMs.reduce((sum, stall) => sum + Math.max(0, stall - x), 0) / windowMs;
  if (shareOver(0) <= beyond) return usualMs;
  let low = 0;
  let high = Math.max(...stallsMs);
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (shareOver(middle) > beyond) low = middle;
    else high = middle;
  }
  return low + usualMs;
}
