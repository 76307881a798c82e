import { mean } from 'simple-statistics';
import { expect, it } from 'vitest';
import { seededRandom } from '../../src/schedule/random.js';
import { pageTrend } from '../../src/stats/trend.js';

it("gives the p of Page's own L", () => {
  // Two rows in the order, one with two neighbours changed: L = 30 + 30 + 29; mean 75, variance 3·16·(4 − 1)·25/144 = 25.
  const { correlations, p } = pageTrend([
    [1, 2, 3, 4],
    [10, 20, 30, 40],
    [1, 3, 2, 4],
  ]);
  expect(correlations).toEqual([1, 1, 0.8]);
  const z = (89 - 75) / 5;
  expect(mean([...correlations]) * Math.sqrt(9)).toBeCloseTo(z, 9);
  // Two-sided, from a table of the normal distribution.
  expect(p).toBeCloseTo(0.00511, 5);
});

it('is 1 for the order and −1 for its reverse, whatever the steps', () => {
  expect(pageTrend([[1, 5, 5.1, 900]]).correlations).toEqual([1]);
  expect(pageTrend([[9, 3, 2, 1]]).correlations).toEqual([-1]);
  expect(pageTrend([[7, 7, 7]]).correlations).toEqual([0]);
});

it('is as seldom sure without any order as it should be', () => {
  const random = seededRandom(3, 'trend');
  const runs = 4_000;
  let sure = 0;
  for (let run = 0; run < runs; run += 1) {
    const rows = Array.from({ length: 12 }, () => Array.from({ length: 6 }, random));
    if (pageTrend(rows).p < 0.05) sure += 1;
  }
  expect(sure / runs).toBeGreaterThan(0.035);
  expect(sure / runs).toBeLessThan(0.065);
});
