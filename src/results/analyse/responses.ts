import type { Histogram } from 'hdr-histogram-js';
import { mergeHistograms } from '../../load/histogram.js';
import type { Slice } from '../slices/index.js';

// Decoding is what takes the time, and each percentile of a restart asks for the same. They go with the slices that they are of.
const known = new WeakMap<readonly Slice[], Histogram>();

/**
 * The response times of all these slices as one histogram, such as those that an index has of one restart of an arm under one load. It
 * is shared: add it to others, and change nothing of it. Empty for a saturated closed loop and for warm-ups, of which no latency is told.
 */
export function pooledResponses(slices: readonly Slice[]): Histogram {
  const before = known.get(slices);
  if (before !== undefined) return before;
  const pooled = mergeHistograms(slices.flatMap(({ histogram }) => histogram ?? []));
  known.set(slices, pooled);
  return pooled;
}
