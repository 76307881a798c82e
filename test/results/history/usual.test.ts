import { expect, it } from 'vitest';
import { usualMove, usualMoveAboutTrend } from '../../../src/results/history/usual.js';
import { draws, times } from '../../stats/draws.js';

it('is the standard deviation of what a line moves by, whatever one step is', () => {
  const { normal } = draws('usual moves');
  const changes = [40, ...times(400, () => 1.5 * normal())];
  expect(usualMove(changes, 0)).toBeGreaterThan(1.3);
  expect(usualMove(changes, 0)).toBeLessThan(1.7);
  // One large step among the others hardly moves it.
  expect(usualMove(changes, 1)).toBeLessThan(1.7);
});

it('is not known from fewer than five others', () => {
  expect(usualMove([1, 2, 3, 4, 5], 0)).toBeNull();
  expect(usualMove([1, 2, 3, 4, 5, 6], 0)).toBeCloseTo(4 / 0.6745);
});

it('about a trend it is what is left without it', () => {
  const { normal } = draws('usual moves about a trend');
  const changes = times(400, () => 3 + 1.5 * normal());
  expect(usualMoveAboutTrend(changes)).toBeGreaterThan(1.3);
  expect(usualMoveAboutTrend(changes)).toBeLessThan(1.7);
  expect(usualMoveAboutTrend([1, 1, 1, 1])).toBeNull();
});
