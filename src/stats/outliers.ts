import { mean, median } from 'simple-statistics';

/** What can make a slice unlike the others of its arm. */
export type OutlierCause =
  | 'steal'
  | 'other-processes'
  | 'waited-for-cpu'
  | 'context-switches'
  | 'generator-slow';

/** One slice: its value and what went on around it; null where it is not known. */
export interface SliceConditions {
  /** Cost of a request, above 0; a slice without one is not judged. */
  readonly value: number | null;
  /** Share of the window that the hypervisor took, 0 to 1. */
  readonly stealShare: number | null;
  /** Share of the window, in CPUs, that other processes ran. */
  readonly othersShare: number | null;
  /** Share of the window that Envoy was ready to run and waited for a CPU. */
  readonly waitShare: number | null;
  /** Context switches that Envoy did not ask for, per second. */
  readonly switchesPerSecond: number | null;
  /** Largest delay of the generator's event loop, in ms. */
  readonly generatorDelayMs: number | null;
}

/** A slice far from its group, with every cause that shows. */
export interface Outlier {
  readonly index: number;
  /** Value over the median of the group. */
  readonly factor: number;
  /** What was unusual in that slice; empty where nothing was. */
  readonly causes: readonly OutlierCause[];
}

/** The outliers of a group; none is dropped from any estimate. */
export interface OutlierReport {
  readonly count: number;
  readonly outliers: readonly Outlier[];
  /** How many outliers show each cause; one with two causes counts in both. */
  readonly byCause: Readonly<Record<OutlierCause | 'unexplained', number>>;
}

// Iglewicz & Hoaglin 1993, "How to detect and handle outliers": modified z scores beyond 3.5.
const farSds = 3.5;

// With fewer the median deviation is itself chance.
const leastSlices = 8;

// The 0.75 quantile of the normal, and the mean |x| of it: both make a spread comparable to a standard deviation.
const madPerSd = 0.6745;
const meanDeviationPerSd = 0.7979;

interface Indicator {
  readonly cause: OutlierCause;
  readonly read: (slice: SliceConditions) => number | null;
  /** Below this it explains nothing, however unusual; our choice, see each. */
  readonly floor: number;
}

const indicators: readonly Indicator[] = [
  // Lost time of 5 % is the least that could show in a cost beside its noise of several per cent.
  { cause: 'steal', read: (slice) => slice.stealShare, floor: 0.05 },
  { cause: 'other-processes', read: (slice) => slice.othersShare, floor: 0.05 },
  { cause: 'waited-for-cpu', read: (slice) => slice.waitShare, floor: 0.05 },
  // A switch costs some µs with its cold caches (Li, Ding & Shen 2007): 1,000 a second are under 1 %.
  { cause: 'context-switches', read: (slice) => slice.switchesPerSecond, floor: 1_000 },
  // Several times a response at 16 connections, so that Envoy ran dry.
  { cause: 'generator-slow', read: (slice) => slice.generatorDelayMs, floor: 5 },
];

/**
 * Finds slices far from the median of their group (on logs, for costs are skew and act by factors) and says what was unusual
 * about them: an indicator that is itself far above what the group is used to, and above a floor that can matter. A coincidence in time, not
 * a proof. Cheap slices are looked at alike: requests that pile up while Envoy waits are served in batches, for less.
 * @param slices of one arm within one restart, or otherwise alike; fewer than 8 with a value have no outliers
 */
export function explainOutliers(slices: readonly SliceConditions[]): OutlierReport {
  const logs = slices.map(({ value }) => (value !== null && value > 0 ? Math.log(value) : null));
  const scores = robustScores(logs);
  const middle = medianOf(logs);
  const unusual = indicators.map((indicator) => ({
    ...indicator,
    scores: robustScores(slices.map(indicator.read)),
  }));
  const outliers = slices.flatMap((slice, index): Outlier[] => {
    const log = logs[index] ?? null;
    if (log === null || middle === null || Math.abs(scores[index] ?? 0) <= farSds) return [];
    const causes = unusual.flatMap(({ cause, read, floor, scores: of }) =>
      (read(slice) ?? 0) >= floor && (of[index] ?? 0) > farSds ? [cause] : [],
    );
    return [{ index, factor: Math.exp(log - middle), causes }];
  });
  return { count: outliers.length, outliers, byCause: countCauses(outliers) };
}

/** Modified z scores: (x − median)·0.6745/MAD; by the mean deviation where more than half are equal. */
function robustScores(values: readonly (number | null)[]): (number | null)[] {
  const known = values.filter((value) => value !== null);
  if (known.length < leastSlices) return values.map(() => null);
  const middle = median(known);
  const deviations = known.map((value) => Math.abs(value - middle));
  const sd = median(deviations) / madPerSd || mean(deviations) / meanDeviationPerSd;
  return values.map((value) => (value === null || sd === 0 ? null : (value - middle) / sd));
}

function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : median(known);
}

function countCauses(outliers: readonly Outlier[]): OutlierReport['byCause'] {
  const count = (cause: OutlierCause) => outliers.filter(({ causes }) => causes.includes(cause)).length;
  return {
    steal: count('steal'),
    'other-processes': count('other-processes'),
    'waited-for-cpu': count('waited-for-cpu'),
    'context-switches': count('context-switches'),
    'generator-slow': count('generator-slow'),
    unexplained: outliers.filter(({ causes }) => causes.length === 0).length,
  };
}
