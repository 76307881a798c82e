import { linearRegression, mean, sum } from 'simple-statistics';
import { changePrice, type Segment, segmentLevels } from './segments.js';

/**
 * What a series of costs does, in the words of Barrett et al.: no change of level; dear at first and cheap in the end; the other way
 * round; no level that it stays at; or too few points to say.
 */
export type SteadyStateKind = 'flat' | 'warm-up' | 'slowdown' | 'no steady state' | 'too short';

/** A classified series. */
export interface SteadyState {
  readonly kind: SteadyStateKind;
  /** Index from which the level is the last one; null where there is no steady state, or too few points. */
  readonly steadyFrom: number | null;
  readonly segments: readonly Segment[];
}

/** What counts as the same level, and as settled. */
export interface SteadyStateRule {
  /** Levels closer than this share of the last one are the same. */
  readonly relativeTolerance: number;
  /** The last level must hold for this share of the series. */
  readonly steadyShare: number;
  /** Fewer points say nothing. */
  readonly leastPoints: number;
}

/**
 * 3 % is our choice: a µs of a request that costs 34. A quarter is Barrett's 500 of 2,000 iterations. With 16 points a quarter is
 * the shortest level that segmentLevels knows.
 */
export const steadyStateRule: SteadyStateRule = {
  relativeTolerance: 0.03,
  steadyShare: 0.25,
  leastPoints: 16,
};

// Beyond this many standard errors two levels differ, or one drifts: one in a thousand by chance.
const certainSds = 3.29;

// A level between two equal ones that takes no more of the series is a disturbance, not a warm-up.
const passingShare = 0.1;

// So many turns up and down are an oscillation, unless the series then rests for half its length.
const oscillatingTurns = 3;
const restingShare = 0.5;

/**
 * Whether and when a series of costs becomes steady (Barrett et al. 2017, "Virtual machine warmup blows hot and cold", OOPSLA):
 * levels by change points, then the kind by how the earlier levels stand to the last. Unlike theirs an end that one straight
 * line fits better than levels do is no steady state either, and a passing disturbance between equal levels is not counted.
 * It cannot see a level of three points or fewer, nor mostly a change of less than about
 * 2·noise·√(ln n / points of the shorter level): with 24 points and 15 % noise a step of 30 % is missed in two of three restarts, so combine them.
 * @param series costs in the order of time, of one restart or of several combined; less is faster
 */
export function steadyState(series: readonly number[], rule: SteadyStateRule = steadyStateRule): SteadyState {
  if (series.length < rule.leastPoints) return { kind: 'too short', steadyFrom: null, segments: [] };
  const { segments, noiseSd, calmed } = segmentLevels(series);
  const same = (one: Segment, other: Segment) =>
    Math.abs(one.mean - other.mean) <= levelTolerance(one, other, noiseSd, rule);
  const levels = withoutPassing(segments, series.length, same);
  const last = levels.at(-1);
  if (!last) return { kind: 'too short', steadyFrom: null, segments };
  const firstSteady = levels.findLastIndex((level) => !same(level, last)) + 1;
  const steadyFrom = levels[firstSteady]?.from ?? 0;
  const share = (series.length - steadyFrom) / series.length;
  const unsettled =
    share < rule.steadyShare ||
    (turns(levels, same) >= oscillatingTurns && share < restingShare) ||
    levels.slice(0, firstSteady).some((_, index) => isRamp(levels.slice(index), calmed, noiseSd));
  if (unsettled) return { kind: 'no steady state', steadyFrom: null, segments };
  const others = levels.slice(0, firstSteady).filter((level) => !same(level, last));
  return { kind: kindOf(others, last), steadyFrom, segments };
}

/**
 * The mean over restarts at each index: what all restarts do at the same time stands out of the noise of each.
 * What they do at different times is smeared, so each is looked at alone as well.
 * @param series one a restart, as ratios (to the baseline, or to the restart's own median), so that levels of restarts cannot matter
 * @returns as many points as the shortest has; leave out restarts that were cut short.
 */
export function combineRestarts(series: readonly (readonly number[])[]): number[] {
  const length = series.length === 0 ? 0 : Math.min(...series.map((one) => one.length));
  return Array.from({ length }, (_, index) => mean(series.flatMap((one) => one.slice(index, index + 1))));
}

function kindOf(others: readonly Segment[], last: Segment): SteadyStateKind {
  if (others.length === 0) return 'flat';
  // Barrett: a warm-up where the last level is the fastest of all.
  return others.every((level) => level.mean > last.mean) ? 'warm-up' : 'slowdown';
}

function levelTolerance(one: Segment, other: Segment, noiseSd: number, rule: SteadyStateRule): number {
  const noise = certainSds * noiseSd * Math.sqrt(1 / (one.to - one.from) + 1 / (other.to - other.from));
  return Math.max(rule.relativeTolerance * Math.abs(other.mean), noise);
}

type Same = (one: Segment, other: Segment) => boolean;

/** Leaves out what lies between two equal levels and is short, be it one level or several. */
function withoutPassing(segments: readonly Segment[], length: number, same: Same): Segment[] {
  const kept: Segment[] = [];
  for (const segment of segments) {
    const back = kept.findLastIndex((level) => same(level, segment));
    const returned = kept[back];
    if (returned && segment.from - returned.to <= passingShare * length) kept.length = back + 1;
    kept.push(segment);
  }
  return kept;
}

/** How often the way from level to level changes its direction. */
function turns(levels: readonly Segment[], same: Same): number {
  const directions = levels.flatMap((level, index) => {
    const before = levels[index - 1];
    return before && !same(before, level) ? [Math.sign(level.mean - before.mean)] : [];
  });
  return directions.filter((direction, index) => index > 0 && direction !== directions[index - 1]).length;
}

type Point = [index: number, value: number];

function pointsOf(levels: readonly Segment[], calmed: readonly number[]): Point[] {
  return levels.flatMap(({ from, to }) =>
    calmed.slice(from, to).map((value, offset): Point => [from + offset, value]),
  );
}

/** Whether one straight line fits better than the levels do: a ramp is cut into stairs, and its last stair is no rest. */
function isRamp(levels: readonly Segment[], calmed: readonly number[], noiseSd: number): boolean {
  const points = pointsOf(levels, calmed);
  const line = linearRegression(points);
  const aroundLine = sum(points.map(([index, value]) => (value - line.m * index - line.b) ** 2));
  const aroundLevels = sum(
    levels.flatMap((level) => calmed.slice(level.from, level.to).map((value) => (value - level.mean) ** 2)),
  );
  // Each level beyond the second has one number more than a line has.
  const price = changePrice(points.length, noiseSd);
  return aroundLine < aroundLevels + (levels.length - 2) * price;
}
