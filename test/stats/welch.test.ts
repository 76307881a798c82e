import { describe, expect, it } from 'vitest';
import { welch } from '../../src/stats/welch.js';
import { draws, shareOf, times } from './draws.js';

// Student's sleep data (R's `sleep`): hours gained with one drug and with the other.
const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

describe("Welch's difference of means", () => {
  it("is that of Student's sleep data, as R's t.test prints it", () => {
    const { estimate, low, high, p, degreesOfFreedom } = welch(first, second, 0.95);
    expect(estimate).toBeCloseTo(1.58, 12);
    expect(low).toBeCloseTo(-0.2054832, 6);
    expect(high).toBeCloseTo(3.3654832, 6);
    expect(p).toBeCloseTo(0.07939414, 7);
    expect(degreesOfFreedom).toBeCloseTo(17.776474, 5);
  });

  it('turns around with its sides, moves with a shift and stretches with a scale', () => {
    const { normal } = draws('welch properties');
    for (let run = 0; run < 200; run += 1) {
      const [from, to] = [times(5 + (run % 9), normal), times(4 + (run % 7), () => 1 + 3 * normal())];
      const plain = welch(from, to, 0.95);
      const turned = welch(to, from, 0.95);
      expect(turned.estimate).toBeCloseTo(-plain.estimate, 10);
      expect(turned.low).toBeCloseTo(-plain.high!, 10);
      expect(turned.p).toBeCloseTo(plain.p!, 10);
      const moved = welch(
        from,
        to.map((value) => value + 7),
        0.95,
      );
      expect(moved.low).toBeCloseTo(plain.low! + 7, 8);
      const both = (values: readonly number[]) => values.map((value) => 100 * value + 3);
      expect(welch(both(from), both(to), 0.95).high).toBeCloseTo(100 * plain.high!, 6);
    }
  });

  it('has a p of at most 0.05 just where the 95 % interval leaves 0 out', () => {
    const { normal } = draws('welch p and interval');
    let outside = 0;
    for (let run = 0; run < 300; run += 1) {
      const { low, high, p } = welch(
        times(12, normal),
        times(12, () => 0.7 + normal()),
        0.95,
      );
      expect(p! <= 0.05).toBe(low! > 0 || high! < 0);
      if (p! <= 0.05) outside += 1;
    }
    expect(outside).toBeGreaterThan(30);
    expect(outside).toBeLessThan(270);
  });

  it.each([
    ['alike', 12, 1, 12, 1],
    ['of unlike noise', 12, 1, 12, 4],
    ['of unlike length and noise', 20, 1, 12, 5],
    ['of unlike length the other way round', 12, 1, 20, 5],
  ])('holds the truth at its rate where the runs are %s', (name, restarts, sd, others, otherSd) => {
    const { normal } = draws(`welch coverage ${name}`);
    const held = shareOf(3_000, () => {
      const from = times(restarts, () => 8 + sd * normal());
      const to = times(others, () => 13 + otherSd * normal());
      const { low, high } = welch(from, to, 0.95);
      return low! <= 5 && 5 <= high!;
    });
    expect(held).toBeGreaterThan(0.937);
    expect(held).toBeLessThan(0.963);
  });

  it('has no interval with one value on a side, and is certain without any spread', () => {
    const nothing = { low: null, high: null, p: null, degreesOfFreedom: null };
    expect(welch([1], [3, 4], 0.95)).toEqual({ estimate: 2.5, ...nothing });
    expect(welch([1, 2], [3], 0.95)).toEqual({ estimate: 1.5, ...nothing });
    expect(welch([2, 2], [2, 2], 0.95).p).toBe(1);
    expect(welch([2, 2], [5, 5], 0.95)).toMatchObject({ estimate: 3, low: 3, high: 3, p: 0 });
    expect(() => welch([], [1], 0.95)).toThrow(RangeError);
  });
});
