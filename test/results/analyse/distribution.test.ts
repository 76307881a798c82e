import { describe, expect, it } from 'vitest';
import { newHistogram, recordMs } from '../../../src/load/histogram.js';
import { distributionOf } from '../../../src/results/analyse/distribution.js';

const options = { confidence: 0.95, intervals: true };

/** Response times from 1 to `count` µs, each once, times `scale`. */
function uniform(count: number, scale = 1) {
  const histogram = newHistogram();
  for (let us = 1; us <= count; us++) recordMs(histogram, (us * scale) / 1_000);
  return histogram;
}

describe('distributionOf', () => {
  it('gives the percentiles of all restarts together', () => {
    const { samples, restarts, points } = distributionOf([uniform(10_000), uniform(10_000)], options);
    expect({ samples, restarts }).toEqual({ samples: 20_000, restarts: 2 });
    const us = Object.fromEntries(points.map((point) => [point.percentile, point.us]));
    expect(us[50]! / 5_000).toBeCloseTo(1, 2);
    expect(us[99]! / 9_900).toBeCloseTo(1, 2);
  });

  it('goes as far as 100 responses lie beyond', () => {
    const furthest = (count: number) => distributionOf([uniform(count)], options).points.at(-1)?.percentile;
    expect(furthest(199)).toBeUndefined();
    expect(furthest(200)).toBe(50);
    expect(furthest(999)).toBe(75);
    expect(furthest(1_000)).toBe(90);
    expect(furthest(10_000)).toBe(99);
  });

  it('has intervals that rest on restarts: none where they are alike, wide where they are not', () => {
    const widthOf = (scales: readonly number[]) => {
      const all = scales.map((scale) => uniform(2_000, scale));
      const { low, high } = distributionOf(all, options).points[0]!;
      return high! - low!;
    };
    expect(widthOf([1, 1, 1, 1])).toBeLessThan(5);
    expect(widthOf([0.8, 1, 1.2, 1.4])).toBeGreaterThan(100);
  });

  it('has no interval with few restarts, in smoke, or where one restart less has too few responses', () => {
    const lows = (restarts: number, own = options, count = 400) =>
      distributionOf(
        Array.from({ length: restarts }, () => uniform(count)),
        own,
      ).points.map(({ low }) => low);
    expect(lows(2).every((low) => low === null)).toBe(true);
    expect(lows(4, { ...options, intervals: false }).every((low) => low === null)).toBe(true);
    // 4 × 250: 1,000 reach p90, and 750 only p75.
    expect(lows(4, options, 250)).toEqual([expect.any(Number), expect.any(Number), null]);
  });

  it('leaves the histograms as they were', () => {
    const own = [uniform(500), uniform(500, 2), uniform(500, 3)];
    const before = own.map(({ totalCount, maxValue }) => [totalCount, maxValue]);
    expect(distributionOf(own, options)).toEqual(distributionOf(own, options));
    expect(own.map(({ totalCount, maxValue }) => [totalCount, maxValue])).toEqual(before);
  });
});
