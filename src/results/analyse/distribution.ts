import type { Histogram } from 'hdr-histogram-js';
import { newHistogram, percentileUs } from '../../load/histogram.js';
import { leastForInterval } from '../../stats/enough-restarts.js';
import { jackknife } from '../../stats/jackknife.js';
import type { Distribution } from '../schema/index.js';
import type { EstimateOptions } from './estimates.js';
import type { SlicesByRestart } from './group.js';
import { pooledResponses } from './responses.js';

// About evenly spread on an axis of tails: of 2, 4, 10, 20, 40, 100, … samples one lies beyond.
const percentiles = [50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.975, 99.99];

/** How the response times of one arm under one load are spread; none where there are too few for a median. */
export function distributionsOf(slices: SlicesByRestart, options: EstimateOptions): Distribution[] {
  const restarts = [...slices.values()];
  const load = restarts[0]?.[0]?.load;
  if (load === undefined) return [];
  const distribution = distributionOf(restarts.map(pooledResponses), options);
  return distribution.points.length === 0 ? [] : [{ load, ...distribution }];
}

/**
 * Percentiles of all restarts together, in µs, as far as 100 samples lie beyond them. Their intervals rest on the restart: the jackknife
 * leaves one out at a time; they are null where one restart less would be too few samples, or there were too few restarts.
 * @param restarts the response times of each restart
 */
export function distributionOf(
  restarts: readonly Histogram[],
  { confidence, intervals }: EstimateOptions,
): Omit<Distribution, 'load'> {
  const pool = newHistogram();
  for (const restart of restarts) pool.add(restart);
  const known = percentiles.flatMap((percentile) => {
    const us = percentileUs(pool, percentile);
    return us === null ? [] : [{ percentile, us }];
  });
  const samples = pool.totalCount;
  const isEnough = intervals && restarts.length >= leastForInterval;
  // Taken out of the whole and put back: to add all the others up anew for each would take the square of the time.
  const without = (isEnough ? restarts : []).map((restart) => {
    pool.subtract(restart);
    const rest = known.map(({ percentile }) => percentileUs(pool, percentile));
    pool.add(restart);
    return rest;
  });
  const points = known.map(({ percentile, us }, place) => {
    const rests = without.map((rest) => rest[place] ?? null);
    if (!isEnough || rests.includes(null)) return { percentile, us, low: null, high: null };
    const { low, high } = jackknife(
      restarts.length,
      (out) => (out === null ? us : (rests[out] ?? us)),
      confidence,
    );
    return { percentile, us, low, high };
  });
  return { samples, restarts: restarts.length, points };
}
