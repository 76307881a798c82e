import { decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import {
  encodeHistogram,
  mergeHistograms,
  newHistogram,
  percentileUs,
  recordMs,
} from '../../src/load/histogram.js';

/** A histogram of these response times, in µs. */
function histogramOf(timesUs: readonly number[]) {
  const histogram = newHistogram();
  for (const time of timesUs) recordMs(histogram, time / 1_000);
  return histogram;
}

const repeat = (time: number, count: number) => Array.from({ length: count }, () => time);

describe('a histogram of response times', () => {
  it('tells tenths of a microsecond apart', () => {
    const histogram = histogramOf([12.3, 12.4]);
    expect(histogram.minNonZeroValue).toBe(123);
    expect(histogram.maxValue).toBe(124);
    expect(percentileUs(histogramOf(repeat(12.3, 200)), 50)).toBe(12.3);
  });

  it.each([0.1, 1, 34.5, 120, 999.9, 5_432.1, 200_000, 59_000_000])('keeps %d µs to 3 digits', (time) => {
    const shown = percentileUs(histogramOf(repeat(time, 200)), 50)!;
    expect(Math.abs(shown - time) / time).toBeLessThan(0.001);
  });

  it('takes what lies outside of its range at its ends, and loses no count', () => {
    const histogram = histogramOf([0, 0.01, 3_600_000_000]);
    expect(histogram.totalCount).toBe(3);
    expect(histogram.minNonZeroValue).toBe(1);
    expect(histogram.maxValue).toBeGreaterThanOrEqual(60 * 1_000_000 * 10);
  });
});

describe('a percentile', () => {
  it.each([
    [50, 200],
    [90, 1_000],
    [99, 10_000],
    [99.9, 100_000],
  ])('p%d needs 100 samples beyond it: %d in all', (percentile, enough) => {
    expect(percentileUs(histogramOf(repeat(40, enough)), percentile)).not.toBeNull();
    expect(percentileUs(histogramOf(repeat(40, enough - 1)), percentile)).toBeNull();
  });

  it('is null of nothing', () => {
    expect(percentileUs(newHistogram(), 50)).toBeNull();
  });

  it('is the value that this share of the samples does not exceed', () => {
    const histogram = histogramOf([...repeat(30, 900), ...repeat(80, 900), ...repeat(500, 200)]);
    expect(percentileUs(histogram, 45)).toBe(30);
    expect(percentileUs(histogram, 46)).toBe(80);
    expect(percentileUs(histogram, 90)).toBe(80);
    expect(percentileUs(histogram, 91)!).toBeCloseTo(500, -0.5);
  });
});

describe('stored histograms', () => {
  it('come back as they were', () => {
    const histogram = histogramOf([0.1, 12.3, 12.3, 4_000]);
    const back = decodeFromCompressedBase64(encodeHistogram(histogram));
    expect(back.totalCount).toBe(4);
    expect(back.minNonZeroValue).toBe(1);
    expect(back.getValueAtPercentile(50)).toBe(123);
    expect(encodeHistogram(back)).toBe(encodeHistogram(histogram));
  });

  it('of several slices are merged by their counts, not by their percentiles', () => {
    // 1,500 fast and 500 slow: the median of the whole is fast, the mean of both medians is neither.
    const merged = mergeHistograms([
      encodeHistogram(histogramOf(repeat(20, 1_500))),
      encodeHistogram(histogramOf(repeat(80, 500))),
    ]);
    expect(merged.totalCount).toBe(2_000);
    expect(percentileUs(merged, 50)).toBe(20);
    expect(percentileUs(merged, 90)).toBe(80);
  });

  it('none of them: an empty one', () => {
    expect(mergeHistograms([]).totalCount).toBe(0);
  });
});
