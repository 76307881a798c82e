import { mean, sampleVariance } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { tInterval } from '../../src/stats/interval.js';
import { jackknife } from '../../src/stats/jackknife.js';
import { draws, shareOf, times } from './draws.js';

const restarts = 12;

describe('the jackknife', () => {
  it('of a mean is the t interval of the mean', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const meanWithout = (without: number | null) => mean(values.filter((_, index) => index !== without));
    const found = jackknife(values.length, meanWithout, 0.95);
    const plain = tInterval(values, 0.95);
    expect(found.estimate).toBeCloseTo(plain.estimate, 10);
    expect(found.low).toBeCloseTo(plain.low!, 10);
    expect(found.high).toBeCloseTo(plain.high!, 10);
    for (const [index, value] of values.entries()) expect(found.pseudoValues[index]).toBeCloseTo(value, 10);
  });

  it('takes the bias from a variance that was divided by n, which is what it was made for', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    const byN = (without: number | null) => {
      const kept = values.filter((_, index) => index !== without);
      return (sampleVariance(kept) * (kept.length - 1)) / kept.length;
    };
    const found = jackknife(values.length, byN, 0.95);
    expect(found.unbiased).toBeCloseTo(sampleVariance(values), 10);
    expect(found.estimate).toBeCloseTo(byN(null), 10);
    // Around the estimate that is shown, not around the unbiased one.
    expect((found.low! + found.high!) / 2).toBeCloseTo(byN(null), 10);
  });

  it('has no ends with one restart, and refuses none and what is no number', () => {
    expect(jackknife(1, () => 7, 0.95)).toMatchObject({ estimate: 7, low: null, high: null, unbiased: 7 });
    expect(() => jackknife(0, () => 7, 0.95)).toThrow(RangeError);
    expect(() => jackknife(3, (without) => (without === 1 ? Number.NaN : 7), 0.95)).toThrow(RangeError);
  });
});

/** How often a 95 % interval of the pooled p99 of lognormal times (sigma 0.5, restarts apart by `between`) holds the truth. */
function coverage(requests: number, between: number): { pooled: number; unbiased: number } {
  const repeats = 400;
  const { normal } = draws(`jackknife ${requests} ${between}`);
  const truth = Math.exp(2.326_347_874 * Math.hypot(0.5, between));
  let unbiased = 0;
  const pooled = shareOf(repeats, () => {
    // Only the slowest of each restart can be among the slowest hundredth of all.
    const slowest = times(restarts, () => {
      const shift = between * normal();
      const all = Float64Array.from({ length: requests }, () => Math.exp(0.5 * normal() + shift));
      return [...all.sort().slice(-Math.ceil(0.01 * requests * restarts) - 1)];
    });
    const p99 = (without: number | null) => {
      const top = Float64Array.from(slowest.flatMap((some, index) => (index === without ? [] : some))).sort();
      const count = requests * (without === null ? restarts : restarts - 1);
      return top.at(-1 - (count - Math.ceil(0.99 * count)))!;
    };
    const found = jackknife(restarts, p99, 0.95);
    if (Math.abs(found.unbiased - truth) <= found.high! - found.estimate) unbiased += 1;
    return found.low! <= truth && truth <= found.high!;
  });
  return { pooled, unbiased: unbiased / repeats };
}

describe('how often a 95 % interval of a pooled p99 over 12 restarts holds the truth', () => {
  it('about 91-95 % at 1,000 requests a restart, and less around the mean of pseudo-values', () => {
    const alike = coverage(1_000, 0);
    expect(alike.pooled).toBeGreaterThan(0.9);
    expect(alike.pooled).toBeLessThan(0.98);
    expect(alike.unbiased).toBeLessThan(alike.pooled - 0.03);
    expect(coverage(1_000, 0.1).pooled).toBeGreaterThan(0.88);
  });

  it('less with few requests or very unlike restarts: what the method does not promise', () => {
    expect(coverage(200, 0.1).pooled).toBeLessThan(0.91);
    expect(coverage(1_000, 0.3).pooled).toBeLessThan(0.91);
    expect(coverage(1_000, 0.3).pooled).toBeGreaterThan(0.8);
  });
});
