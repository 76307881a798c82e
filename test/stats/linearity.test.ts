import { describe, expect, it } from 'vitest';
import { linearity } from '../../src/stats/linearity.js';
import { draws, times } from './draws.js';

describe('a least-squares line', () => {
  it("is Anscombe's first (Anscombe 1973): slope 0.5, intercept 3, r² 0.67", () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    const line = linearity(x.map((value, index) => ({ x: value, y: y[index]! })));
    expect(line.slope).toBeCloseTo(0.500_09, 4);
    expect(line.intercept).toBeCloseTo(3.000_09, 4);
    expect(line.rSquared).toBeCloseTo(0.666_54, 4);
    // At x = 13.
    expect(line.largestResidual).toBeCloseTo(1.921, 3);
  });

  it('finds a seeded truth, and a bend lowers r²', () => {
    const { normal } = draws('line');
    const straight = times(50, (x) => ({ x, y: 4 + 0.25 * x + 0.05 * normal() }));
    const found = linearity(straight);
    expect(found.slope).toBeCloseTo(0.25, 2);
    expect(found.intercept).toBeCloseTo(4, 1);
    expect(found.rSquared).toBeGreaterThan(0.999);
    const bent = linearity(straight.map(({ x, y }) => ({ x, y: y + 0.01 * x * x })));
    expect(bent.rSquared).toBeLessThan(0.98);
  });

  it('has no r² where nothing varies, and needs two places', () => {
    expect(
      linearity([
        { x: 0, y: 2 },
        { x: 5, y: 2 },
      ]),
    ).toEqual({
      slope: 0,
      intercept: 2,
      rSquared: null,
      largestResidual: 0,
    });
    expect(() =>
      linearity([
        { x: 1, y: 2 },
        { x: 1, y: 3 },
      ]),
    ).toThrow(RangeError);
    expect(() => linearity([])).toThrow(RangeError);
  });
});
