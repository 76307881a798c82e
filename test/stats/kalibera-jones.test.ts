import { mean } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { tInterval } from '../../src/stats/interval.js';
import { kaliberaJones, type RepetitionCost } from '../../src/stats/kalibera-jones.js';
import { draws, times } from './draws.js';

const cost: RepetitionCost = {
  restartSeconds: 9,
  roundSeconds: 1,
  roundsAtLeast: 2,
  roundsAtMost: 100,
  confidence: 0.95,
};

/** Restarts of a known truth: each has a level of its own, and its slices vary around it. */
function simulate(
  purpose: string,
  shape: { restarts: number; rounds: number; between: number; within: number },
) {
  const { normal } = draws(purpose);
  return () =>
    times(shape.restarts, () => {
      const level = 40 + shape.between * normal();
      return times(shape.rounds, () => level + shape.within * normal());
    });
}

describe('variance between restarts and within them', () => {
  it('is exact on a case done by hand', () => {
    // Means 2 and 6, variance of means 8; within 2 in both, so 2/2 of the 8 is from the slices.
    const found = kaliberaJones(
      [
        [1, 3],
        [5, 7],
      ],
      cost,
    )!;
    expect(found.withinSd ** 2).toBeCloseTo(2, 12);
    expect(found.betweenSd ** 2).toBeCloseTo(7, 12);
    // ⌈√(9 · 2/7)⌉ = ⌈1.6⌉
    expect(found.roundsPerRestart).toBe(2);
  });

  it('is right in the mean on seeded restarts, also where slices are missing from some', () => {
    const draw = simulate('variances', { restarts: 12, rounds: 16, between: 2, within: 6 });
    const found = times(400, () => {
      const groups = draw().map((group, index) => (index % 2 ? group : group.slice(0, 4)));
      const { betweenSd, withinSd } = kaliberaJones(groups, cost)!;
      return { between: betweenSd ** 2, within: withinSd ** 2 };
    });
    expect(mean(found.map(({ within }) => within)) / 36).toBeCloseTo(1, 1);
    // Never below 0, so a little above the truth in the mean.
    expect(mean(found.map(({ between }) => between)) / 4).toBeGreaterThan(0.93);
    expect(mean(found.map(({ between }) => between)) / 4).toBeLessThan(1.15);
  });

  it('is never below 0 where restarts are alike, and rounds are what helps then', () => {
    const alike = kaliberaJones(
      [
        [1, 3],
        [1, 3],
      ],
      cost,
    )!;
    expect(alike.betweenSd).toBe(0);
    expect(alike.roundsPerRestart).toBe(cost.roundsAtMost);
    expect(alike.advice).toBe('more-rounds');
  });

  it('is null where there is nothing to tell it from', () => {
    expect(kaliberaJones([], cost)).toBeNull();
    expect(kaliberaJones([[1, 2, 3]], cost)).toBeNull();
    expect(kaliberaJones([[1], [2], [3]], cost)).toBeNull();
    expect(kaliberaJones([[1, 2], []], cost)).toBeNull();
    expect(kaliberaJones([[1, 2], [], [2]], cost)).not.toBeNull();
  });
});

describe('the advice', () => {
  const adviceFor = (shape: { between: number; within: number; rounds: number }) =>
    kaliberaJones(simulate('advice', { restarts: 200, ...shape })(), cost)!;

  it('finds the optimum of the formula on seeded restarts', () => {
    // √(9 · 36/4) = 9
    const { roundsPerRestart, advice } = adviceFor({ between: 2, within: 6, rounds: 10 });
    expect(Math.abs(roundsPerRestart - 9)).toBeLessThanOrEqual(2);
    expect(advice).toBe('balanced');
  });

  it('says which way a run is off', () => {
    expect(adviceFor({ between: 2, within: 6, rounds: 40 }).advice).toBe('more-restarts');
    expect(adviceFor({ between: 2, within: 6, rounds: 3 }).advice).toBe('more-rounds');
  });

  it('stays within its limits, also without any noise', () => {
    const { roundsPerRestart } = adviceFor({ between: 20, within: 1, rounds: 4 });
    expect(roundsPerRestart).toBe(cost.roundsAtLeast);
    expect(
      kaliberaJones(
        [
          [2, 2],
          [2, 2],
        ],
        cost,
      )?.roundsPerRestart,
    ).toBe(cost.roundsAtLeast);
    expect(
      kaliberaJones(
        [
          [2, 2],
          [3, 3],
        ],
        cost,
      )?.roundsPerRestart,
    ).toBe(cost.roundsAtLeast);
  });

  it('gives the narrowest interval for the time, and off by two wastes at most an eighth', () => {
    const found = adviceFor({ between: 2, within: 6, rounds: 10 });
    const { betweenSd, withinSd, roundsPerRestart: best } = found;
    // Variance times time, which is the same for any number of restarts.
    const waste = (rounds: number) => (betweenSd ** 2 + withinSd ** 2 / rounds) * (9 + rounds);
    expect(waste(best)).toBeLessThanOrEqual(Math.min(waste(best - 2), waste(best + 2)));
    // The optimum was rounded up.
    expect(waste((best - 1) * 2) / waste(best)).toBeLessThan(1.13);
    expect(waste(best * 8) / waste(best)).toBeGreaterThan(1.5);
  });
});

describe('the half width that is foretold', () => {
  it('is that of runs of the new shape', () => {
    const shape = { between: 2, within: 6 };
    const { halfWidthAt } = kaliberaJones(
      simulate('pilot', { restarts: 300, rounds: 10, ...shape })(),
      cost,
    )!;
    const draw = simulate('other shape', { restarts: 12, rounds: 24, ...shape });
    const seen = times(500, () => {
      const { high, estimate } = tInterval(draw().map(mean), 0.95);
      return high! - estimate;
    });
    expect(halfWidthAt(12, 24) / mean(seen)).toBeGreaterThan(0.9);
    expect(halfWidthAt(12, 24) / mean(seen)).toBeLessThan(1.1);
    expect(halfWidthAt(1, 24)).toBe(Number.POSITIVE_INFINITY);
  });
});
