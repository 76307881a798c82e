import { type MeanInterval, tInterval } from './interval.js';

/** A statistic of pooled data with its jackknife interval. */
export interface JackknifeInterval extends MeanInterval {
  /** One a restart; the interval has their spread. */
  readonly pseudoValues: readonly number[];
  /** The mean of the pseudo-values: the statistic freed of bias, and for a percentile needlessly rough. */
  readonly unbiased: number;
}

/**
 * Delete-one-restart jackknife (Quenouille 1956; Tukey 1958) of a statistic of pooled data, such as a percentile of added-up
 * histograms, where a restart alone has too few requests for it. Pseudo-value i is n·pooled − (n − 1)·(pooled without restart i);
 * the half width is that of their t interval, and the centre is the pooled statistic itself. A percentile moves in jumps, which the mean
 * of pseudo-values enlarges (n − 1)-fold: around it a 95 % interval of a p99 holds the truth in 74-90 % of seeded runs.
 *
 * Over 12 restarts of seeded lognormal times a 95 % interval of a p99 holds the truth in 91-95 % of runs at 1,000 requests a restart,
 * in 85-91 % at 200, and in 85 % where restarts differ by a third: read it with that in mind, and do not judge by it.
 * @param restarts how many there are, at least 1
 * @param statistic of all data (null), or of all without one restart
 * @throws RangeError where there is no restart, or the statistic is not a finite number.
 */
export function jackknife(
  restarts: number,
  statistic: (withoutIndex: number | null) => number,
  confidence: number,
): JackknifeInterval {
  if (restarts < 1) throw new RangeError('a jackknife needs at least one restart');
  const pooled = finite(statistic(null));
  const pseudoValues =
    restarts === 1
      ? [pooled]
      : Array.from(
          { length: restarts },
          (_, index) => restarts * pooled - (restarts - 1) * finite(statistic(index)),
        );
  const ofPseudo = tInterval(pseudoValues, confidence);
  const shift = pooled - ofPseudo.estimate;
  return {
    estimate: pooled,
    low: ofPseudo.low === null ? null : ofPseudo.low + shift,
    high: ofPseudo.high === null ? null : ofPseudo.high + shift,
    median: ofPseudo.median,
    pseudoValues,
    unbiased: ofPseudo.estimate,
  };
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`a jackknife needs a finite statistic, not ${value}`);
  return value;
}
