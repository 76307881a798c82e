import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/schedule/random.js';
import { tInterval } from '../../src/stats/interval.js';

// Student 1908, "The probable error of a mean", Biometrika 6: additional hours of sleep; R ships it as `sleep`.
const drug1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const drug2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

/** Values of mean 0 whose half width times √(n − 1) is the t quantile itself. */
const plusMinusOne = (count: number) => Array.from({ length: count }, (_, index) => (index % 2 ? 1 : -1));

describe('the t interval against textbooks', () => {
  it("gives Student's own example as R's t.test prints it", () => {
    const one = tInterval(drug1, 0.95);
    expect(one.estimate).toBeCloseTo(0.75, 10);
    expect(one.low).toBeCloseTo(-0.5297804, 6);
    expect(one.high).toBeCloseTo(2.0297804, 6);
    expect(one.median).toBeCloseTo(0.35, 10);
    const paired = tInterval(
      drug1.map((value, index) => value - drug2[index]!),
      0.95,
    );
    expect(paired.estimate).toBeCloseTo(-1.58, 10);
    expect(paired.low).toBeCloseTo(-2.4598858, 6);
    expect(paired.high).toBeCloseTo(-0.7001142, 6);
  });

  it.each([
    [2, 0.95, 12.7062],
    [4, 0.95, 3.1824],
    [6, 0.95, 2.5706],
    [12, 0.95, 2.201],
    [20, 0.95, 2.093],
    [30, 0.95, 2.0452],
    [12, 0.9, 1.7959],
    [12, 0.99, 3.1058],
  ])('of %d values at %d confidence uses t = %d', (count, confidence, t) => {
    const { estimate, low, high } = tInterval(plusMinusOne(count), confidence);
    expect(estimate).toBe(0);
    expect(high! * Math.sqrt(count - 1)).toBeCloseTo(t, 3);
    expect(low).toBeCloseTo(-high!, 12);
  });

  it('has no ends with one value, and is an error with none', () => {
    expect(tInterval([3.5], 0.95)).toEqual({ estimate: 3.5, low: null, high: null, median: 3.5 });
    expect(() => tInterval([], 0.95)).toThrow(RangeError);
  });

  it('has no width where all values are equal, and does not touch what it was given', () => {
    const values = Object.freeze([2, 2, 2]);
    expect(tInterval(values, 0.95)).toEqual({ estimate: 2, low: 2, high: 2, median: 2 });
    const unsorted = [3, 1, 2];
    tInterval(unsorted, 0.95);
    expect(unsorted).toEqual([3, 1, 2]);
  });
});

const repeats = 4_000;
const restarts = 12;

/** The share of seeded runs whose 95 % interval holds the truth. */
function coverage(truth: number, draw: (normal: () => number) => number[], seed: string): number {
  // Box and Muller 1958.
  const random = seededRandom(20_260_101, seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let covered = 0;
  for (let run = 0; run < repeats; run += 1) {
    const { low, high } = tInterval(draw(normal), 0.95);
    if (low! <= truth && truth <= high!) covered += 1;
  }
  return covered / repeats;
}

const times = <T>(count: number, make: () => T) => Array.from({ length: count }, make);

describe('how often a 95 % interval over 12 restarts holds the truth', () => {
  it('as often as it says, for normal restart values', () => {
    const share = coverage(6, (normal) => times(restarts, () => 6 + 2.3 * normal()), 'normal');
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.97);
  });

  it('about as often for a skew like that of a noisy neighbour (lognormal, sigma 0.5)', () => {
    const truth = Math.exp(0.5 ** 2 / 2);
    const share = coverage(truth, (normal) => times(restarts, () => Math.exp(0.5 * normal())), 'mild');
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThan(0.95);
  });

  it('too seldom for a heavy skew (lognormal, sigma 1): what the method does not promise', () => {
    const truth = Math.exp(1 / 2);
    const share = coverage(truth, (normal) => times(restarts, () => Math.exp(normal())), 'heavy');
    expect(share).toBeGreaterThan(0.8);
    expect(share).toBeLessThan(0.9);
  });

  it('far too seldom where slices are taken for independent: why the restart is the sample', () => {
    const slicesOf = (normal: () => number) => {
      const shift = 2.3 * normal();
      return times(16, () => 6 + shift + 3 * normal());
    };
    const bySlice = coverage(6, (normal) => times(restarts, () => slicesOf(normal)).flat(), 'slices');
    expect(bySlice).toBeLessThan(0.7);
    const byRestart = coverage(
      6,
      (normal) => times(restarts, () => slicesOf(normal).reduce((sum, value) => sum + value) / 16),
      'slices',
    );
    expect(byRestart).toBeGreaterThan(0.93);
    expect(byRestart).toBeLessThan(0.97);
  });
});
