import { mergeHistograms, percentileUs } from '../../load/histogram.js';
import { jackknife } from '../../stats/jackknife.js';
import type { Estimate, Sample } from '../schema/index.js';
import type { EstimateOptions, PairedSlices } from './estimates.js';
import type { SlicesByRestart } from './group.js';

/**
 * A percentile of all restarts together, for those that need more samples than a restart has. Its interval still rests on
 * the restart: the jackknife leaves one out at a time. Null where there are too few samples beyond it.
 */
export function pooledPercentileEstimate(
  slices: SlicesByRestart,
  percentile: number,
  options: EstimateOptions,
): Estimate | null {
  return overPools([...slices.values()], (samples) => percentileOf(samples, percentile), options);
}

/** The same of two arms side by side: the arm minus the other. */
export function pooledPercentileDifference(
  { arm, other }: PairedSlices,
  percentile: number,
  options: EstimateOptions,
): Estimate | null {
  const pairs = [...arm].flatMap(([restart, samples]) => {
    const others = other.get(restart);
    return others ? [[...samples, ...others]] : [];
  });
  const names = new Set([...arm.values()].flat().map((sample) => sample.arm));
  const difference = (samples: readonly Sample[]) =>
    percentileOf(
      samples.filter((sample) => names.has(sample.arm)),
      percentile,
    ) -
    percentileOf(
      samples.filter((sample) => !names.has(sample.arm)),
      percentile,
    );
  return overPools(pairs, difference, options);
}

function overPools(
  restarts: readonly (readonly Sample[])[],
  statistic: (samples: readonly Sample[]) => number,
  { confidence, intervals }: EstimateOptions,
): Estimate | null {
  const load = restarts[0]?.[0]?.load;
  if (!load) return null;
  const pools = [null, ...restarts.keys()].map((out) =>
    statistic(restarts.filter((_, index) => index !== out).flat()),
  );
  const [whole = Number.NaN, ...without] = pools;
  if (!Number.isFinite(whole)) return null;
  const slices = restarts.flat().length;
  const about = { median: whole, confidence, restarts: restarts.length, slices, load };
  if (!intervals || restarts.length < 2 || !without.every(Number.isFinite)) {
    return { ...about, estimate: whole, low: null, high: null, perRestart: [] };
  }
  const { low, high, pseudoValues } = jackknife(
    restarts.length,
    (out) => (out === null ? whole : (without[out] ?? whole)),
    confidence,
  );
  return { ...about, estimate: whole, low, high, perRestart: [...pseudoValues] };
}

function percentileOf(samples: readonly Sample[], percentile: number): number {
  return percentileUs(mergeHistograms(samples.map(({ histogram }) => histogram)), percentile) ?? Number.NaN;
}
