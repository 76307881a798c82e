import fc from 'fast-check';
import { expect, it } from 'vitest';
import { equivalence } from '../../src/stats/equivalence.js';
import { tInterval } from '../../src/stats/interval.js';
import { aboveThreshold, withinMargin } from '../../src/stats/threshold.js';

const values = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 3, maxLength: 20 });
const margin = fc.double({ min: 0.1, max: 10, noNaN: true });

it('is sure of a side where the interval lies beyond the threshold, and there only', () => {
  fc.assert(
    fc.property(values, fc.double({ min: -10, max: 10, noNaN: true }), (list, threshold) => {
      const { holds, p, distance } = aboveThreshold(list, threshold);
      const { low, high, estimate } = tInterval(list, 0.95);
      fc.pre(Math.abs(p! - 0.05) > 1e-6);
      const beyond = low! > threshold ? 'above' : high! < threshold ? 'below' : null;
      expect(p! < 0.05).toBe(beyond !== null);
      if (beyond) expect(holds).toBe(beyond === 'above');
      expect(distance).toBeCloseTo(Math.abs(estimate - threshold), 9);
    }),
  );
});

it('calls within what the equivalence test calls equivalent', () => {
  fc.assert(
    fc.property(values, margin, (list, within) => {
      const { holds, p } = withinMargin(list, within);
      fc.pre(Math.abs(p! - 0.05) > 1e-6);
      expect(holds && p! < 0.05).toBe(equivalence(list, within).equivalent);
    }),
  );
});

it('calls beyond only what surely is, on either side', () => {
  expect(withinMargin([5, 5.2, 4.9, 5.1], 2)).toMatchObject({ holds: false });
  expect(withinMargin([5, 5.2, 4.9, 5.1], 2).p).toBeLessThan(0.001);
  expect(withinMargin([-5, -5.2, -4.9, -5.1], 2).p).toBeLessThan(0.001);
  expect(withinMargin([9, -6, 8, -1], 2).p).toBeGreaterThan(0.5);
});

it('has no p with one value, and no margin of 0', () => {
  expect(aboveThreshold([3], 1)).toEqual({ holds: true, p: null, distance: 2 });
  expect(withinMargin([3], 5).p).toBeNull();
  expect(() => withinMargin([1, 2], 0)).toThrow(RangeError);
});
