import { describe, expect, it } from 'vitest';
import { twoSidedT, twoSidedTail } from '../../src/stats/t-distribution.js';

describe("Student's t", () => {
  it.each([
    [1, 12.7062, 0.05],
    [11, 2.201, 0.05],
    [11, 4.437, 0.001],
    [29, 2.7564, 0.01],
    [1_000, 1.9623, 0.05],
  ])('with %d degrees of freedom leaves beyond ±%d a share of %d, as tables say', (freedom, t, share) => {
    expect(twoSidedTail(t, freedom) / share).toBeCloseTo(1, 3);
    expect(twoSidedTail(-t, freedom)).toBe(twoSidedTail(t, freedom));
    expect(twoSidedT(1 - share, freedom) / t).toBeCloseTo(1, 3);
  });

  it('keeps a tiny share apart from none, and knows its ends', () => {
    // With one degree of freedom (Cauchy) the share is 2/π · atan(1/t).
    expect(twoSidedTail(1e7, 1) / ((2 / Math.PI) * 1e-7)).toBeCloseTo(1, 6);
    expect(twoSidedTail(0, 5)).toBe(1);
    expect(twoSidedTail(Number.POSITIVE_INFINITY, 5)).toBe(0);
  });

  it('has a quantile for the confidence of a family of a hundred', () => {
    expect(twoSidedT(1 - 0.05 / 100, 11)).toBeGreaterThan(twoSidedT(1 - 0.05 / 50, 11));
    expect(twoSidedTail(twoSidedT(0.9995, 11), 11) / 0.0005).toBeCloseTo(1, 6);
  });
});
