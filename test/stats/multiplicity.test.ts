import { describe, expect, it } from 'vitest';
import { tInterval } from '../../src/stats/interval.js';
import { holm, pairedP, simultaneousConfidence } from '../../src/stats/multiplicity.js';
import { draws, shareOf, times } from './draws.js';

describe('the p value of a paired mean', () => {
  it("is that of Student's sleep data, as R's t.test prints it", () => {
    const differences = [-1.2, -2.4, -1.3, -1.3, 0, -1, -1.8, -0.8, -4.6, -1.4];
    expect(pairedP(differences)).toBeCloseTo(0.002832890197, 10);
    expect(pairedP(differences, -1.58)).toBeCloseTo(1, 10);
  });

  it('is at most 0.05 just where the 95 % interval leaves the hypothesis out', () => {
    const { normal } = draws('p and interval');
    for (let run = 0; run < 200; run += 1) {
      const values = times(12, () => 0.5 + normal());
      const { low, high } = tInterval(values, 0.95);
      expect(pairedP(values)! <= 0.05).toBe(low! > 0 || high! < 0);
    }
  });

  it('is null with one value, and 1 or 0 without any spread', () => {
    expect(pairedP([3])).toBeNull();
    expect(pairedP([2, 2, 2])).toBe(0);
    expect(pairedP([2, 2, 2], 2)).toBe(1);
  });
});

describe("Holm's adjustment", () => {
  it('multiplies the smallest by all, the next by one less, and never goes down', () => {
    // By hand: 4 × 0.005, 3 × 0.01, 2 × 0.03, and the last not under the one before.
    expect(holm([0.01, 0.04, 0.03, 0.005]).map((p) => p?.toFixed(4))).toEqual([
      '0.0300',
      '0.0600',
      '0.0600',
      '0.0200',
    ]);
  });

  it('stays within 1, leaves out what was not tested, and does not touch what it was given', () => {
    expect(holm([0.9, null, 0.02, 0.8])).toEqual([1, null, 0.06, 1]);
    expect(holm([])).toEqual([]);
    const given = Object.freeze([0.5, 0.1]);
    holm(given);
    expect(given).toEqual([0.5, 0.1]);
    expect(() => holm([1.5])).toThrow(RangeError);
    expect(() => holm([Number.NaN])).toThrow(RangeError);
  });

  it('keeps the chance of any false call in a family of 20 at 5 %, where single tests give 64 %', () => {
    const { normal } = draws('family of nulls');
    let unadjusted = 0;
    const repeats = 1_000;
    const falseCalls = shareOf(repeats, () => {
      const family = times(20, () => pairedP(times(12, normal)));
      if (family.some((p) => p! <= 0.05)) unadjusted += 1;
      return holm(family).some((p) => p! <= 0.05);
    });
    expect(falseCalls).toBeGreaterThan(0.02);
    expect(falseCalls).toBeLessThan(0.07);
    expect(unadjusted / repeats).toBeGreaterThan(0.55);
  });
});

it('intervals read together are each wide enough that all hold at once', () => {
  const { normal } = draws('simultaneous');
  expect(simultaneousConfidence(0.95, 1)).toBeCloseTo(0.95, 12);
  const confidence = simultaneousConfidence(0.95, 10);
  expect(confidence).toBeCloseTo(0.995, 12);
  const holds = shareOf(1_000, () =>
    times(10, () => tInterval(times(12, normal), confidence)).every(
      ({ low, high }) => low! <= 0 && 0 <= high!,
    ),
  );
  expect(holds).toBeGreaterThan(0.93);
  expect(holds).toBeLessThan(0.98);
});
