import { describe, expect, it } from 'vitest';
import { tInterval } from '../../src/stats/interval.js';
import { requiredRestarts } from '../../src/stats/required-restarts.js';
import { draws, times } from './draws.js';

/** Two values of mean 0 and standard deviation 1. */
const unitSpread = [Math.SQRT1_2, -Math.SQRT1_2];

describe('the restarts that a precision needs', () => {
  it.each([
    // t(9) 2.262, t(10) 2.228, t(11) 2.201 over √n: 0.715, 0.672, 0.635.
    [0.68, 11],
    [0.66, 12],
    [0.64, 12],
    // 12.706/√2 = 8.985
    [9, 2],
    [8.9, 3],
  ])('of ±%d at a spread of 1 are %d', (precision, restarts) => {
    expect(requiredRestarts(unitSpread, precision, 0.95)).toBe(restarts);
  });

  it('are the fewest: one less is too wide, on any seeded spread', () => {
    const { normal, uniform } = draws('required');
    for (let run = 0; run < 100; run += 1) {
      const values = times(6, normal);
      const precision = 0.05 + uniform();
      const needed = requiredRestarts(values, precision, 0.95)!;
      const { high, estimate } = tInterval(values, 0.95);
      // The width so far is enough just where no more are needed.
      expect(needed <= 6).toBe(high! - estimate <= precision);
      expect(requiredRestarts(values, precision * 1.000_001, 0.95)).toBeLessThanOrEqual(needed);
    }
  });

  it('depend on the spread alone, not on where the mean lies', () => {
    const values = [1.5, 2.25, 0.75, 2];
    const moved = values.map((value) => value + 1_024);
    expect(requiredRestarts(moved, 0.5, 0.95)).toBe(requiredRestarts(values, 0.5, 0.95));
  });

  it('are two without spread, unknown from one value, and endless where nothing would do', () => {
    expect(requiredRestarts([3, 3], 0.1, 0.95)).toBe(2);
    expect(requiredRestarts([3], 0.1, 0.95)).toBeNull();
    expect(requiredRestarts([0, 1e9], 1e-9, 0.95)).toBe(Number.POSITIVE_INFINITY);
    expect(() => requiredRestarts([1, 2], 0, 0.95)).toThrow(RangeError);
  });
});
