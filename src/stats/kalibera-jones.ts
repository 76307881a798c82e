import { mean, sampleVariance, sum } from 'simple-statistics';
import { twoSidedT } from './t-distribution.js';

/** What a longer run should have more of. */
export type RepetitionAdvice = 'more-restarts' | 'more-rounds' | 'balanced';

/** Where the noise comes from, and how a budget is best spread over restarts and rounds. */
export interface Repetition {
  /** Standard deviation between restarts, freed of what slices within them add. */
  readonly betweenSd: number;
  /** Standard deviation of one slice's value within a restart. */
  readonly withinSd: number;
  /** The rounds of a restart that give the narrowest interval for the time. */
  readonly roundsPerRestart: number;
  readonly advice: RepetitionAdvice;
  /** The half width that a run of this shape is expected to have; infinite with one restart. */
  halfWidthAt(restarts: number, rounds: number): number;
}

/** What repeating costs, and between which limits it may be spread. */
export interface RepetitionCost {
  /** Seconds of a restart that are not rounds: starting, proving, warming up. */
  readonly restartSeconds: number;
  /** Seconds of one round. */
  readonly roundSeconds: number;
  readonly roundsAtLeast: number;
  readonly roundsAtMost: number;
  readonly confidence: number;
}

// Off the optimum by a factor of two wastes at most an eighth of the time: (2 + 1/2 + 2) / 4 − 1.
const nearOptimum = 2;

/**
 * Variance by level, and the repetitions that follow from it (Kalibera & Jones 2013, "Rigorous benchmarking in reasonable time",
 * ISMM, section 6): rounds = ⌈√(cost of a restart / cost of a round · variance within / variance between)⌉.
 * Slices of a restart are taken for independent; where they are not, the between part holds what they share.
 * @param restarts values of slices, grouped by restart; groups may be of unlike size, empty ones are left out
 * @returns null where nothing can be told: fewer than two restarts, or none with two slices.
 */
export function kaliberaJones(
  restarts: readonly (readonly number[])[],
  cost: RepetitionCost,
): Repetition | null {
  const groups = restarts.filter((group) => group.length > 0).map((group) => [...group]);
  const repeated = groups.filter((group) => group.length > 1);
  if (groups.length < 2 || repeated.length === 0) return null;
  const within =
    sum(repeated.map((group) => sampleVariance(group) * (group.length - 1))) /
    sum(repeated.map((group) => group.length - 1));
  const ofMeans = sampleVariance(groups.map((group) => mean(group)));
  // A mean of n slices still holds within/n; by chance more than is there, and no variance is below 0.
  const between = Math.max(0, ofMeans - within * mean(groups.map((group) => 1 / group.length)));
  const roundsPerRestart = optimum(within, between, cost);
  return {
    betweenSd: Math.sqrt(between),
    withinSd: Math.sqrt(within),
    roundsPerRestart,
    advice: advise(mean(groups.map((group) => group.length)), roundsPerRestart),
    halfWidthAt: (count, rounds) =>
      count < 2
        ? Number.POSITIVE_INFINITY
        : twoSidedT(cost.confidence, count - 1) * Math.sqrt((between + within / rounds) / count),
  };
}

function optimum(within: number, between: number, cost: RepetitionCost): number {
  // Without noise inside a restart one round says all; without any between restarts only rounds help.
  if (within === 0) return cost.roundsAtLeast;
  const rounds = Math.sqrt((cost.restartSeconds / cost.roundSeconds) * (within / between));
  return Math.max(cost.roundsAtLeast, Math.min(cost.roundsAtMost, Math.ceil(rounds)));
}

function advise(rounds: number, best: number): RepetitionAdvice {
  if (rounds >= best * nearOptimum) return 'more-restarts';
  return best >= rounds * nearOptimum ? 'more-rounds' : 'balanced';
}
