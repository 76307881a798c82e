import { percentileUs } from '../../load/histogram.js';
import { leastForInterval } from '../../stats/enough-restarts.js';
import { tInterval } from '../../stats/interval.js';
import {
  type CpuPart,
  costDifferenceUs,
  costUs,
  meanLogThroughputRatio,
  type Pair,
  pairSlices,
  throughputRps,
} from '../../stats/paired.js';
import type { Estimate, Load } from '../schema/index.js';
import type { Slice } from '../slices/index.js';
import type { SlicesByRestart } from './group.js';
import { pooledResponses } from './responses.js';

/** How estimates are made in this run. */
export interface EstimateOptions {
  readonly confidence: number;
  /** False in smoke: too few restarts for an interval. */
  readonly intervals: boolean;
}

/** What one restart says, and the slices that it rests on. */
export interface RestartValue {
  readonly value: number;
  readonly slices: readonly Slice[];
}

/** One value a restart → mean with t interval. Null where any restart gave none. */
export function overRestarts(
  restarts: readonly RestartValue[],
  { confidence, intervals }: EstimateOptions,
  back: (value: number) => number = (value) => value,
): Estimate | null {
  const load = restarts[0]?.slices[0]?.load;
  const values = restarts.map(({ value }) => value);
  // Leaving out restarts without a value would keep the quick ones only.
  if (!load || !values.every(Number.isFinite)) return null;
  const interval = tInterval(values, confidence);
  const isEnough = intervals && values.length >= leastForInterval;
  const end = (value: number | null) => (isEnough && value !== null ? back(value) : null);
  return {
    estimate: back(interval.estimate),
    low: end(interval.low),
    high: end(interval.high),
    median: back(interval.median),
    confidence,
    restarts: values.length,
    slices: restarts.reduce((sum, { slices }) => sum + slices.length, 0),
    load: load satisfies Load,
    perRestart: values.map(back),
  };
}

function perRestart(slices: SlicesByRestart, value: (slices: readonly Slice[]) => number) {
  return [...slices.values()].map((samples) => ({ value: value(samples), slices: samples }));
}

/** CPU per request of one arm. */
export function costEstimate(
  slices: SlicesByRestart,
  part: CpuPart,
  options: EstimateOptions,
): Estimate | null {
  return overRestarts(
    perRestart(slices, (samples) => costUs(samples, part)),
    options,
  );
}

/** Closed-loop throughput of one arm. */
export function throughputEstimate(slices: SlicesByRestart, options: EstimateOptions): Estimate | null {
  return overRestarts(perRestart(slices, throughputRps), options);
}

/** A percentile of one arm's response times; null where a restart has too few samples beyond it. */
export function percentileEstimate(
  slices: SlicesByRestart,
  percentile: number,
  options: EstimateOptions,
): Estimate | null {
  return overRestarts(
    perRestart(slices, (samples) => percentileOf(samples, percentile)),
    options,
  );
}

/** Two arms side by side, slice by slice. */
export interface PairedSlices {
  readonly arm: SlicesByRestart;
  readonly other: SlicesByRestart;
  readonly within: 'block' | 'round';
}

/** CPU per request: the arm minus the other. */
export function costDifference(
  paired: PairedSlices,
  part: CpuPart,
  options: EstimateOptions,
): Estimate | null {
  return overRestarts(
    pairedRestarts(paired, (pairs) => costDifferenceUs(pairs, part)),
    options,
  );
}

/** Throughput: the arm / the other, by the mean log-ratio. */
export function throughputRatio(paired: PairedSlices, options: EstimateOptions): Estimate | null {
  return overRestarts(pairedRestarts(paired, meanLogThroughputRatio), options, Math.exp);
}

/** A percentile of response times: the arm minus the other. */
export function percentileDifference(
  paired: PairedSlices,
  percentile: number,
  options: EstimateOptions,
): Estimate | null {
  return overRestarts(
    pairedRestarts(paired, (pairs) => {
      const [own, others] = [pairs.map(({ arm }) => arm), pairs.map(({ other }) => other)];
      return percentileOf(own, percentile) - percentileOf(others, percentile);
    }),
    options,
  );
}

/** One paired value a restart, in restart order; restarts without a pair are left out, so each says its index. */
export function pairedRestarts(
  { arm, other, within }: PairedSlices,
  value: (pairs: readonly Pair<Slice>[]) => number,
): (RestartValue & { readonly restart: number })[] {
  return [...arm].flatMap(([restart, samples]) => {
    const pairs = pairSlices(samples, other.get(restart) ?? [], within);
    return pairs.length === 0
      ? []
      : [{ restart, value: value(pairs), slices: pairs.map((pair) => pair.arm) }];
  });
}

function percentileOf(slices: readonly Slice[], percentile: number): number {
  return percentileUs(pooledResponses(slices), percentile) ?? Number.NaN;
}
