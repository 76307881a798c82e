import { mean } from 'simple-statistics';
import { expect, it } from 'vitest';
import { tInterval } from '../../src/stats/interval.js';
import { draws, shareOf, times } from './draws.js';

const truth = 6;
const restarts = 12;
const rounds = 16;

/** Restarts that differ by 2.3 and slices that differ by 3 within them: the sizes seen on a real machine, in µs. */
function simulatedRun(normal: () => number): number[][] {
  return times(restarts, () => {
    const level = truth + 2.3 * normal();
    return times(rounds, () => level + 3 * normal());
  });
}

/** The 95 % percentile interval of the mean by resampling (Efron 1979), which this project does not use. */
function percentileBootstrap(
  values: readonly number[],
  uniform: () => number,
): { low: number; high: number } {
  const resamples = 200;
  const means = times(resamples, () => {
    let total = 0;
    for (let drawn = 0; drawn < values.length; drawn += 1) {
      total += values[Math.floor(uniform() * values.length)]!;
    }
    return total / values.length;
  }).sort((a, b) => a - b);
  return { low: means[0.025 * resamples]!, high: means[0.975 * resamples - 1]! };
}

const holds = ({ low, high }: { low: number | null; high: number | null }) => low! <= truth && truth <= high!;

it('resampling slices holds the truth far too seldom where the restart is the unit', () => {
  const { normal, uniform } = draws('bootstrap of slices');
  const share = shareOf(400, () => holds(percentileBootstrap(simulatedRun(normal).flat(), uniform)));
  expect(share).toBeGreaterThan(0.4);
  expect(share).toBeLessThan(0.7);
});

it('a percentile bootstrap over four restarts is too narrow as well', () => {
  const { normal, uniform } = draws('bootstrap of restarts');
  const share = shareOf(1_000, () =>
    holds(percentileBootstrap(simulatedRun(normal).slice(0, 4).map(mean), uniform)),
  );
  expect(share).toBeGreaterThan(0.7);
  expect(share).toBeLessThan(0.9);
});

it.each([4, 12])('the t interval over %d restart values holds it as often as it says', (count) => {
  const { normal } = draws(`t of ${count}`);
  const share = shareOf(3_000, () => holds(tInterval(simulatedRun(normal).slice(0, count).map(mean), 0.95)));
  expect(share).toBeGreaterThan(0.93);
  expect(share).toBeLessThan(0.97);
});
