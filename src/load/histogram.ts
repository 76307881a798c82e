import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from 'hdr-histogram-js';

/** Histograms count in tenths of a microsecond. */
export const unitsPerUs = 10;

const lowestUnits = 1;
// One minute: far above any timeout of ours.
const highestUnits = 60 * 1_000_000 * unitsPerUs;

/** An empty histogram of response times: 0.1 µs to one minute, 3 significant digits. */
export function newHistogram(): Histogram {
  return build({
    lowestDiscernibleValue: lowestUnits,
    highestTrackableValue: highestUnits,
    numberOfSignificantValueDigits: 3,
    useWebAssembly: false,
  });
}

/** Records a response time given in milliseconds. */
export function recordMs(histogram: Histogram, ms: number): void {
  const units = Math.round(ms * 1_000 * unitsPerUs);
  histogram.recordValue(Math.min(Math.max(units, lowestUnits), highestUnits));
}

/** The histogram as text for samples.ndjson: HdrHistogram V2, compressed, base64. */
export function encodeHistogram(histogram: Histogram): string {
  return encodeIntoCompressedBase64(histogram);
}

/** The same; a histogram holds much memory, so it is given back. */
export function encodeAndDestroy(histogram: Histogram): string {
  const text = encodeHistogram(histogram);
  histogram.destroy();
  return text;
}

/** Several stored histograms as one. */
export function mergeHistograms(encoded: readonly string[]): Histogram {
  const merged = newHistogram();
  for (const text of encoded) merged.add(decodeFromCompressedBase64(text));
  return merged;
}

// With fewer samples beyond it a percentile is a few accidents, not a number (method: 100).
const samplesBeyond = 100;

/** A percentile in µs; null with fewer than 100 samples beyond it. */
export function percentileUs(histogram: Histogram, percentile: number): number | null {
  // Rounded: 1,000 samples have exactly 100 beyond p90, not 99.999….
  const beyond = Number((histogram.totalCount * (1 - percentile / 100)).toFixed(6));
  if (beyond < samplesBeyond) return null;
  return histogram.getValueAtPercentile(percentile) / unitsPerUs;
}
