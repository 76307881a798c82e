import { mean, median } from 'simple-statistics';

/** A stretch of a series that keeps one level. */
export interface Segment {
  /** Index of its first point. */
  readonly from: number;
  /** Index after its last point. */
  readonly to: number;
  /** Mean of its points, lone spikes replaced. */
  readonly mean: number;
}

/** A series cut into levels, and the noise that the cuts were judged against. */
export interface Segmentation {
  readonly segments: readonly Segment[];
  /** Noise of one point as far as it matters to a mean: σ of the mean of n points is this over √n. */
  readonly noiseSd: number;
  /** The series with lone spikes replaced. */
  readonly calmed: readonly number[];
}

/** A level is at least so many points: bursts of three and fewer are spikes. */
export const leastLevel = 4;

// A window of 2·3 + 1 points, whose median is a level from leastLevel points on.
const spikeReach = leastLevel - 1;

// Pearson 2002 and Davies & Gather 1993 take three standard deviations.
const spikeSds = 3;

// A change costs 2 ln n noise variances, one ln n for its place and one for its level (BIC; Yao 1988).
const penaltyPerLogPoint = 2;

// The median |x| of a normal is 0.6745 standard deviations.
const sdPerMad = 1.4826;

// More would take a drift for noise.
const mostLikeness = 0.6;

/**
 * Cuts a series where its mean changes: least squares with a price on each change, solved exactly by optimal partitioning
 * (Jackson et al. 2005; Killick et al. 2012 prune the same search). The price follows from the noise of near points, which
 * a change of level hardly touches. Spikes are replaced by the median around them first (Hampel's filter; Davies & Gather 1993).
 * The search takes time with the square of the length: 5,000 points are a blink, a million are not.
 */
export function segmentLevels(series: readonly number[]): Segmentation {
  const { pointSd, levelSd: noiseSd } = noiseOf(series);
  const calmed = replaceSpikes(series, pointSd);
  const starts = cut(calmed, changePrice(series.length, noiseSd));
  const segments = starts.map((from, index) => {
    const to = starts[index + 1] ?? series.length;
    return { from, to, mean: mean(calmed.slice(from, to)) };
  });
  return { segments, noiseSd, calmed };
}

/** By how much a change must lower the squared error to be one. */
export function changePrice(points: number, noiseSd: number): number {
  return penaltyPerLogPoint * Math.log(Math.max(2, points)) * noiseSd ** 2;
}

/**
 * Noise from differences of points one and three apart, by their median size (after Rice 1984 and Hampel 1974). Where neighbours are
 * alike, as slices of one bad second are, means vary more than their points: by (1 + ρ)/(1 − ρ), were it AR(1).
 */
function noiseOf(series: readonly number[]): Noise {
  // Without noise rounding must not pass for a change.
  const rounding = 1e-9 * Math.abs(series.length > 0 ? median([...series]) : 0);
  const near = differenceSd(series, 1);
  const far = Math.max(differenceSd(series, 3), near);
  const likeness = far === 0 ? 0 : Math.min(mostLikeness, 1 - (near / far) ** 2);
  return {
    pointSd: Math.max(far, rounding),
    levelSd: Math.max(far * Math.sqrt((1 + likeness) / (1 - likeness)), rounding),
  };
}

interface Noise {
  /** Standard deviation of a point around its level. */
  readonly pointSd: number;
  /** What stands for it where points are added up: σ of the mean of n points is this over √n. */
  readonly levelSd: number;
}

function differenceSd(series: readonly number[], apart: number): number {
  if (series.length <= apart) return 0;
  const steps = series.slice(apart).map((value, index) => Math.abs(value - (series[index] ?? value)));
  return (sdPerMad * median(steps)) / Math.SQRT2;
}

function replaceSpikes(series: readonly number[], noiseSd: number): number[] {
  const width = 2 * spikeReach + 1;
  if (series.length < width) return [...series];
  return series.map((value, index) => {
    // At the ends the window keeps its width, so that a burst there is still outvoted.
    const from = Math.min(Math.max(0, index - spikeReach), series.length - width);
    const middle = median(series.slice(from, from + width));
    return Math.abs(value - middle) > spikeSds * noiseSd ? middle : value;
  });
}

/** Where the segments of the cheapest partition start. */
function cut(series: readonly number[], penalty: number): number[] {
  const errorOf = squaredError(series);
  const cheapest: number[] = [-penalty];
  const lastStart: number[] = [0];
  for (let end = 1; end <= series.length; end += 1) {
    let best = Number.POSITIVE_INFINITY;
    let bestStart = 0;
    for (let start = 0; start <= end - leastLevel || start === 0; start += 1) {
      const before = cheapest[start] ?? Number.POSITIVE_INFINITY;
      // The rest would be shorter than a level.
      if (start > 0 && start < leastLevel) continue;
      const price = before + errorOf(start, end) + penalty;
      if (price < best) {
        best = price;
        bestStart = start;
      }
    }
    cheapest.push(best);
    lastStart.push(bestStart);
  }
  const starts: number[] = [];
  for (let end = series.length; end > 0; end = lastStart[end] ?? 0) starts.unshift(lastStart[end] ?? 0);
  return starts;
}

/** Σ (x − mean)² of a stretch in constant time, around the median so that a large level costs no digits. */
function squaredError(series: readonly number[]): (from: number, to: number) => number {
  const middle = series.length > 0 ? median([...series]) : 0;
  const sums = [0];
  const squares = [0];
  for (const value of series) {
    sums.push((sums.at(-1) ?? 0) + (value - middle));
    squares.push((squares.at(-1) ?? 0) + (value - middle) ** 2);
  }
  return (from, to) => {
    const sum = (sums[to] ?? 0) - (sums[from] ?? 0);
    return (squares[to] ?? 0) - (squares[from] ?? 0) - sum ** 2 / (to - from);
  };
}
