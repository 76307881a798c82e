import { describe, expect, it } from 'vitest';
import { equivalence, relation, superiority } from '../../src/stats/equivalence.js';
import { draws, shareOf, times } from './draws.js';

const repeats = 2_000;
const restarts = 12;

/** How often a decision falls on seeded restart values of a known mean and spread 1. */
function rate(mean: number, purpose: string, holds: (values: number[]) => boolean): number {
  const { normal } = draws(purpose);
  return shareOf(repeats, () => holds(times(restarts, () => mean + normal())));
}

describe('the equivalence test', () => {
  it('gives the 90 % interval and asks that all of it lies within the margin', () => {
    const values = [-0.2, 0.1, 0.3, -0.1, 0.2, 0];
    // By hand: mean 0.05, standard error 0.07638, t = 2.015.
    const { low, high, equivalent } = equivalence(values, 0.25);
    expect(low).toBeCloseTo(-0.1039, 4);
    expect(high).toBeCloseTo(0.2039, 4);
    expect(equivalent).toBe(true);
    expect(equivalence(values, 0.2).equivalent).toBe(false);
    expect(equivalence(values, 0.15).equivalent).toBe(false);
  });

  it('calls a mean at the margin equivalent in 5 % of runs, and a mean of 0 mostly', () => {
    const atMargin = rate(1, 'tost edge', (values) => equivalence(values, 1).equivalent);
    expect(atMargin).toBeGreaterThan(0.03);
    expect(atMargin).toBeLessThan(0.07);
    expect(rate(0, 'tost middle', (values) => equivalence(values, 1).equivalent)).toBeGreaterThan(0.85);
  });

  it('never says yes for want of data', () => {
    expect(equivalence([0], 1)).toEqual({ equivalent: false, low: null, high: null, margin: 1 });
    expect(equivalence([], 1).equivalent).toBe(false);
    expect(rate(0, 'tost noise', (values) => equivalence(values, 0.2).equivalent)).toBe(0);
    expect(() => equivalence([1, 2], 0)).toThrow(RangeError);
    expect(() => equivalence([1, 2], Number.NaN)).toThrow(RangeError);
  });
});

describe('superiority by a minimum effect', () => {
  it('is false in 95 % of runs where the truth is the minimum itself, and found where it is well above', () => {
    const superior = (values: number[]) => superiority(values, 1).superior;
    const atMinimum = rate(1, 'superior edge', superior);
    expect(atMinimum).toBeGreaterThan(0.03);
    expect(atMinimum).toBeLessThan(0.07);
    expect(rate(2.2, 'superior', superior)).toBeGreaterThan(0.95);
    expect(rate(0, 'inferior', superior)).toBeLessThan(0.01);
  });

  it('has no bound with one value', () => {
    expect(superiority([5], 1)).toEqual({ superior: false, bound: null, minimumEffect: 1 });
  });
});

describe('the relation of two arms', () => {
  const rule = { nearMargin: 1, minimumEffect: 0, alpha: 0.05 };

  it('is equivalent where a difference is certain and too small to matter', () => {
    const tiny = times(12, (index) => 0.3 + (index % 2 ? 0.05 : -0.05));
    expect(superiority(tiny).superior).toBe(true);
    expect(relation(tiny, rule)).toBe('equivalent');
    expect(relation(tiny, { ...rule, nearMargin: 0.2 })).toBe('more');
  });

  it('has a sign, a minimum, and a way to say nothing', () => {
    const dear = times(12, (index) => 3 + (index % 2 ? 1 : -1));
    const cheap = dear.map((value) => -value);
    expect(relation(dear, rule)).toBe('more');
    expect(relation(cheap, rule)).toBe('less');
    expect(relation(dear, { ...rule, minimumEffect: 2.9 })).toBe('undecided');
    expect(relation(cheap, { ...rule, minimumEffect: 2.9 })).toBe('undecided');
    expect(relation([4], rule)).toBe('undecided');
    expect(relation([], rule)).toBe('undecided');
  });

  it('names a side in 5 % of runs where there is no difference', () => {
    const narrow = { ...rule, nearMargin: 0.01 };
    const wrong = rate(0, 'relation null', (values) => relation(values, narrow) !== 'undecided');
    expect(wrong).toBeGreaterThan(0.03);
    expect(wrong).toBeLessThan(0.07);
  });
});
