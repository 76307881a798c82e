import type { Histogram } from 'hdr-histogram-js';
import { newHistogram, percentileUs } from '../../load/histogram.js';
import { leastForInterval } from '../../stats/enough-restarts.js';
import { jackknife } from '../../stats/jackknife.js';
import type { Estimate, Load } from '../schema/index.js';
import type { Slice } from '../slices/index.js';
import type { EstimateOptions, PairedSlices } from './estimates.js';
import type { SlicesByRestart } from './group.js';
import { pooledResponses } from './responses.js';

/** What one restart adds to the pool: the arm's response times, and those of the arm that it is compared with. */
interface Share {
  readonly own: Histogram;
  readonly other: Histogram | null;
  readonly slices: number;
  readonly load: Load | undefined;
}

/**
 * A percentile of all restarts together, for those that need more samples than a restart has. Its interval still rests on
 * the restart: the jackknife leaves one out at a time. Null where there are too few samples beyond it.
 */
export function pooledPercentileEstimate(
  slices: SlicesByRestart,
  percentile: number,
  options: EstimateOptions,
): Estimate | null {
  return overPool(
    [...slices.values()].map((ofRestart) => shareOf(ofRestart, null)),
    percentile,
    options,
  );
}

/** The same of two arms side by side: the arm minus the other. */
export function pooledPercentileDifference(
  { arm, other }: PairedSlices,
  percentile: number,
  options: EstimateOptions,
): Estimate | null {
  const shares = [...arm].flatMap(([restart, slices]) => {
    const others = other.get(restart);
    return others ? [shareOf(slices, others)] : [];
  });
  return overPool(shares, percentile, options);
}

function shareOf(slices: readonly Slice[], others: readonly Slice[] | null): Share {
  return {
    own: pooledResponses(slices),
    other: others && pooledResponses(others),
    slices: slices.length + (others?.length ?? 0),
    load: slices[0]?.load,
  };
}

function overPool(
  shares: readonly Share[],
  percentile: number,
  { confidence, intervals }: EstimateOptions,
): Estimate | null {
  const load = shares[0]?.load;
  if (!load) return null;
  const [own, other] = [newHistogram(), newHistogram()];
  const add = (share: Share) => {
    own.add(share.own);
    if (share.other) other.add(share.other);
  };
  const percentileOf = (histogram: Histogram) => percentileUs(histogram, percentile) ?? Number.NaN;
  const statistic = () => percentileOf(own) - (shares[0]?.other ? percentileOf(other) : 0);
  for (const share of shares) add(share);
  const whole = statistic();
  if (!Number.isFinite(whole)) return null;
  const slices = shares.reduce((sum, share) => sum + share.slices, 0);
  const about = { median: whole, confidence, restarts: shares.length, slices, load };
  const isEnough = intervals && shares.length >= leastForInterval;
  // Taken out of the whole and put back: to add all the others up anew for each would take the square of the time.
  const without = (isEnough ? shares : []).map((share) => {
    own.subtract(share.own);
    if (share.other) other.subtract(share.other);
    const rest = statistic();
    add(share);
    return rest;
  });
  if (!isEnough || !without.every(Number.isFinite)) {
    return { ...about, estimate: whole, low: null, high: null, perRestart: [] };
  }
  const { low, high, pseudoValues } = jackknife(
    shares.length,
    (out) => (out === null ? whole : (without[out] ?? whole)),
    confidence,
  );
  return { ...about, estimate: whole, low, high, perRestart: [...pseudoValues] };
}
