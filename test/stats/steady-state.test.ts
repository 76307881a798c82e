import { describe, expect, it } from 'vitest';
import { segmentLevels } from '../../src/stats/segments.js';
import { combineRestarts, type SteadyStateKind, steadyState } from '../../src/stats/steady-state.js';
import { type Draws, draws, shareOf, times } from './draws.js';

type Shape = (point: number, points: number) => number;
const flat: Shape = () => 1;
const stepDown: Shape = (point, points) => (point < 0.2 * points ? 1.3 : 1);
const stepUp: Shape = (point, points) => (point < 0.2 * points ? 0.75 : 1);
const lateStep: Shape = (point, points) => (point < 0.85 * points ? 1 : 1.3);
const ramp: Shape = (point, points) => 1 + (0.5 * point) / points;
const oscillating: Shape = (point, points) => (Math.floor((8 * point) / points) % 2 ? 1.3 : 1);
const disturbed: Shape = (point, points) => (point >= 0.4 * points && point < 0.48 * points ? 1.5 : 1);
const decay: Shape = (point, points) => 1 + 0.5 * Math.exp(-point / (0.05 * points));

/** How often seeded series of a shape, with noise of a given share, are of a kind. */
function rate(kind: SteadyStateKind, shape: Shape, noise: number, points: number): number {
  const { normal } = draws(`${kind} ${noise} ${points} ${shape(0, 100)}`);
  const series = () => times(points, (point) => shape(point, points) + noise * normal());
  return shareOf(300, () => steadyState(series()).kind === kind);
}

describe('a series without any change', () => {
  it.each([16, 24, 50, 200])('of %d points and 15 % noise is flat in at least 95 % of runs', (points) => {
    expect(rate('flat', flat, 0.15, points)).toBeGreaterThanOrEqual(0.95);
  });

  const noises: [string, (draw: Draws, before: number) => number, number][] = [
    ['skew', ({ normal }) => Math.exp(0.3 * normal()), 0.95],
    ['of heavy tails', ({ normal }) => 1 + (0.1 * normal()) / Math.hypot(normal(), normal(), normal()), 0.95],
    ['alike in neighbours', ({ normal }, before) => 1 + 0.3 * (before - 1) + 0.15 * normal(), 0.88],
  ];
  it.each(noises)('whose noise is %s is mostly flat too', (name, next, atLeast) => {
    const draw = draws(name);
    const share = shareOf(300, () => {
      let value = 1;
      return (
        steadyState(
          times(100, () => {
            value = next(draw, value);
            return value;
          }),
        ).kind === 'flat'
      );
    });
    expect(share).toBeGreaterThanOrEqual(atLeast);
  });

  it('has no false levels from bursts of one or two points, wherever they are', () => {
    const { normal, uniform } = draws('bursts');
    const share = shareOf(300, () => {
      const series = times(100, () => 1 + 0.1 * normal());
      for (const burst of times(4, (index) => 25 * index + Math.floor(uniform() * 20))) {
        series[burst] = 3;
        if (uniform() < 0.5) series[burst + 1] = 3;
      }
      return steadyState(series).kind === 'flat';
    });
    expect(share).toBeGreaterThanOrEqual(0.95);
    const atEnds = times(40, (index) => (index < 2 || index > 37 ? 5 : 1 + 0.01 * (index % 3)));
    expect(steadyState(atEnds).kind).toBe('flat');
  });

  it('is flat without any noise, and where rounding is all there is', () => {
    expect(steadyState(times(50, () => 34.1)).kind).toBe('flat');
    expect(steadyState(times(50, (index) => (index < 25 ? 0.3 : 0.1 + 0.2))).kind).toBe('flat');
  });
});

describe('a series that changes its level', () => {
  it('and gets cheaper early is a warm-up, found at its place', () => {
    expect(rate('warm-up', stepDown, 0.15, 200)).toBeGreaterThan(0.95);
    expect(rate('warm-up', stepDown, 0.05, 24)).toBeGreaterThan(0.9);
    expect(rate('warm-up', decay, 0.05, 200)).toBeGreaterThan(0.95);
    const found = steadyState(times(60, (index) => (index < 20 ? 13 : 10) + 0.1 * (index % 2)));
    expect(found).toMatchObject({ kind: 'warm-up', steadyFrom: 20 });
    expect(found.segments.map(({ from, to }) => [from, to])).toEqual([
      [0, 20],
      [20, 60],
    ]);
    expect(found.segments[0]?.mean).toBeCloseTo(13.05, 10);
  });

  it('and gets dearer is a slowdown', () => {
    expect(rate('slowdown', stepUp, 0.1, 200)).toBeGreaterThan(0.95);
    // Dear, cheap, and then in between: the last level is not the fastest.
    const between = times(90, (index) => (index < 20 ? 15 : index < 40 ? 10 : 12) + 0.1 * (index % 2));
    expect(steadyState(between)).toMatchObject({ kind: 'slowdown', steadyFrom: 40 });
  });

  it('late, without end or to and fro has no steady state', () => {
    expect(rate('no steady state', lateStep, 0.1, 200)).toBeGreaterThan(0.95);
    expect(rate('no steady state', lateStep, 0.1, 50)).toBeGreaterThan(0.85);
    expect(rate('no steady state', ramp, 0.1, 200)).toBeGreaterThan(0.95);
    expect(rate('no steady state', ramp, 0.1, 50)).toBeGreaterThan(0.9);
    expect(rate('no steady state', oscillating, 0.05, 200)).toBeGreaterThan(0.95);
    expect(
      steadyState(times(60, (index) => (index < 50 ? 10 : 13) + 0.1 * (index % 2))).steadyFrom,
    ).toBeNull();
  });

  it('to and fro, and then rests for less than half, has no steady state either', () => {
    const levels = times(160, (index) => (index < 100 ? 10 + 3 * (Math.floor(index / 20) % 2) : 11.5));
    const restless = levels.map((value, index) => value + 0.1 * (index % 2));
    expect(steadyState(restless).kind).toBe('no steady state');
    const rested = [...restless, ...restless.slice(-60)];
    expect(steadyState(rested)).toMatchObject({ kind: 'slowdown', steadyFrom: 100 });
  });

  it('in a step, and then in a ramp to the end, has no steady state either', () => {
    const { normal } = draws('step and ramp');
    const series = () => times(200, (index) => (index < 40 ? 20 : 10 + (3 * (index - 40)) / 160) + normal());
    expect(shareOf(200, () => steadyState(series()).kind === 'no steady state')).toBeGreaterThan(0.85);
  });

  it('for a while and returns is flat: a disturbance, still to be seen in the segments', () => {
    expect(rate('flat', disturbed, 0.1, 200)).toBeGreaterThan(0.95);
    const series = times(100, (index) => disturbed(index, 100) + 0.01 * (index % 2));
    expect(segmentLevels(series).segments).toHaveLength(3);
  });

  it('by less than is tolerated is flat, however certain', () => {
    const small = times(100, (index) => (index < 30 ? 10.2 : 10) + 0.01 * (index % 2));
    expect(segmentLevels(small).segments).toHaveLength(2);
    expect(steadyState(small).kind).toBe('flat');
    const strict = { relativeTolerance: 0.01, steadyShare: 0.25, leastPoints: 16 };
    expect(steadyState(small, strict)).toMatchObject({ kind: 'warm-up', steadyFrom: 30 });
  });

  it('is not judged from a few points', () => {
    expect(steadyState([3, 3, 3, 1, 1, 1])).toEqual({ kind: 'too short', steadyFrom: null, segments: [] });
    expect(steadyState([]).kind).toBe('too short');
  });
});

describe('restarts together', () => {
  it('show a warm-up that the noise of each hides', () => {
    const { normal } = draws('combined');
    const restart = () => times(24, (point) => (point < 6 ? 1.15 : 1) + 0.12 * normal());
    const alone = shareOf(200, () => steadyState(restart()).kind === 'warm-up');
    const together = shareOf(200, () => steadyState(combineRestarts(times(12, restart))).kind === 'warm-up');
    expect(alone).toBeLessThan(0.3);
    expect(together).toBeGreaterThan(0.8);
  });

  it('are as long as the shortest', () => {
    expect(
      combineRestarts([
        [1, 2, 3],
        [3, 4],
      ]),
    ).toEqual([2, 3]);
    expect(combineRestarts([])).toEqual([]);
  });
});
