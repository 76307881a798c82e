import type { SendLag } from './slice.js';

/** The lags of several shares or slices as one. */
export function mergeLags(lags: readonly SendLag[]): SendLag {
  const count = lags.reduce((total, lag) => total + lag.count, 0);
  const late = lags.reduce((total, lag) => total + lag.mean * lag.count, 0);
  return {
    mean: count === 0 ? 0 : late / count,
    max: lags.reduce((max, lag) => Math.max(max, lag.max), 0),
    count,
  };
}
