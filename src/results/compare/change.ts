import { leastForInterval, leastToRank } from '../../stats/enough-restarts.js';
import { welch } from '../../stats/welch.js';
import { floorOfArm, isMostlyGeneratorLimited } from '../analyse/index.js';
import type { ArmResult, Change, Estimate, Run, Uncalled } from '../schema/index.js';
import type { ArmPair } from './match-arms.js';

/** Which number of an arm is compared. */
export const metrics = ['totalCpuUs', 'throughputRatio', 'p50Us'] as const;
export type Metric = (typeof metrics)[number];

/** A change that is not judged yet, for that takes all of them. */
export interface ChangeDraft {
  readonly found: Omit<Change, 'pAdjusted' | 'called' | 'uncalled'>;
  /** Null where it is not to be tested; then `hindrance` says why. */
  readonly p: number | null;
  readonly hindrance: Uncalled | null;
}

/** The runs that a pair of arms is of. */
export interface RunPair {
  readonly from: Run;
  readonly to: Run;
  readonly confidence: number;
}

// One run a side says nothing of how far runs differ, so less than a twentieth of what an arm adds is not called: our choice.
const leastShare = 0.05;

// Throughput is a factor: differences of its logarithm are what a quotient's interval is made from.
const scales = {
  plain: { into: (value: number) => value, back: (value: number) => value },
  factor: { into: Math.log, back: Math.exp },
} as const;

/**
 * What one number of an arm changes by between two runs. Overheads are paired with the baseline within each run already, so what
 * both runs need is a test of two independent groups of restarts.
 * @returns null where a run has no such number.
 */
export function draftChange(metric: Metric, pair: ArmPair, runs: RunPair): ChangeDraft | null {
  const [from, to] = [pair.from.overhead[metric], pair.to.overhead[metric]];
  if (from === null || to === null) return null;
  const scale = metric === 'throughputRatio' ? scales.factor : scales.plain;
  const { estimate, low, high, p } = welch(
    from.perRestart.map(scale.into),
    to.perRestart.map(scale.into),
    runs.confidence,
  );
  const isShown = hasRestarts(from, to, leastForInterval) && hasIntervals(runs);
  const floor = largerFloor(metric, pair, runs);
  const hindrance = hindranceOf(metric, pair, {
    isEnough: hasRestarts(from, to, leastToRank) && hasIntervals(runs),
    floor,
  });
  return {
    found: {
      from: from.estimate,
      to: to.estimate,
      change: scale.back(estimate),
      low: isShown && low !== null ? scale.back(low) : null,
      high: isShown && high !== null ? scale.back(high) : null,
      restarts: { from: from.restarts, to: to.restarts },
      load: from.load,
      floor,
      atEqualSpeedUs: atEqualSpeedUs(metric, pair),
    },
    p: hindrance === null ? p : null,
    hindrance,
  };
}

/**
 * Judges a change: called where its adjusted p leaves "no change" out, and its size is beyond both runs' noise floors and beyond a
 * twentieth of the overhead, both as it was seen and as if both machines had been equally fast.
 */
export function judgeChange(
  metric: Metric,
  { found, hindrance }: ChangeDraft,
  pAdjusted: number | null,
  alpha: number,
): Change {
  const uncalled = hindrance ?? whyUnsure(metric, found, pAdjusted, alpha);
  return { ...found, pAdjusted, called: uncalled === null, uncalled };
}

/** How far a change is from none. */
export function sizeOf(metric: Metric, change: number): number {
  return Math.abs(metric === 'throughputRatio' ? change - 1 : change);
}

function whyUnsure(
  metric: Metric,
  { from, to, change, floor, atEqualSpeedUs }: ChangeDraft['found'],
  pAdjusted: number | null,
  alpha: number,
): Uncalled | null {
  if (pAdjusted === null || pAdjusted > alpha) return 'unsure';
  if (floor === null || sizeOf(metric, change) <= floor) return 'within-noise';
  const isFactor = metric === 'throughputRatio';
  // Also as it was seen: drift in its favour would else carry a small change over what runs differ by.
  const leftOver = isFactor
    ? sizeOf(metric, change)
    : Math.min(Math.abs(change), (atEqualSpeedUs ?? change) * Math.sign(change));
  const least = leastShare * (isFactor ? 1 : Math.max(Math.abs(from), Math.abs(to)));
  return leftOver <= Math.max(floor, least) ? 'within-drift' : null;
}

function hindranceOf(
  metric: Metric,
  { from, to, baselines }: ArmPair,
  { isEnough, floor }: { readonly isEnough: boolean; readonly floor: number | null },
): Uncalled | null {
  if (!isEnough) return 'few-restarts';
  if (floor === null) return 'no-floor';
  const paced = [from, to, baselines.from, baselines.to].some(
    (arm) => arm !== null && isMostlyGeneratorLimited(arm),
  );
  return metric === 'throughputRatio' && paced ? 'generator-limited' : null;
}

function hasRestarts(from: Estimate, to: Estimate, least: number): boolean {
  return from.restarts >= least && to.restarts >= least;
}

function hasIntervals({ from, to }: RunPair): boolean {
  return from.plan.intervals && to.plan.intervals;
}

function largerFloor(metric: Metric, pair: ArmPair, runs: RunPair): number | null {
  const floors = (['from', 'to'] as const).map((side) => {
    const floor = floorOfArm(runs[side], pair[side]);
    return floor && (metric === 'totalCpuUs' ? floor.cpuUs : floor[metric]);
  });
  const known = floors.filter((floor) => floor !== null);
  return known.length < floors.length ? null : Math.max(...known);
}

/**
 * A machine that is 3 % slower makes every overhead 3 % larger, which pairing within a run does not cancel, and which no restart of that run
 * shows. How much slower it was is seen by the baseline. Whether all of an overhead grows with it nobody knows, so a change must
 * hold both with and without.
 */
function atEqualSpeedUs(metric: Metric, { from, to, baselines }: ArmPair): number | null {
  if (metric === 'throughputRatio') return null;
  const costOf = (arm: ArmResult | null) =>
    (metric === 'p50Us' ? arm?.latency?.unloaded?.p50Us : arm?.cpu?.totalUs)?.estimate;
  const [before, after] = [costOf(baselines.from), costOf(baselines.to)];
  const [own, others] = [from.overhead[metric]?.estimate, to.overhead[metric]?.estimate];
  if (before === undefined || after === undefined || own === undefined || others === undefined) return null;
  return (others * before) / after - own;
}
