import { type ArmIdentity, isReference, type PlanSummary } from '../results/schema/index.js';
import type { Profile } from './profiles.js';

// What a slice costs besides its window, as measured on two cores: connecting, the lead, autocannon's last tick.
const sliceOverheadMs = 20;
/** Time after a slice's first response that is not counted (method: inner window). */
export const leadMs = 20;
// Start, two rounds of proofs, counters and stop of one arm, as measured on two cores.
const armSecondsPerRestart = 0.22;
const validateSecondsPerArm = 0.4;

/** Closed loop at this many connections (method: default load). */
export const connections = 16;
export const confidence = 0.95;

/** One scenario with the arms that can be measured. */
export interface ScenarioPlan {
  readonly scenario: string;
  readonly arms: readonly ArmIdentity[];
}

export interface Plan {
  readonly seed: number;
  readonly profile: Profile;
  readonly scenarios: readonly ScenarioPlan[];
  readonly rounds: number;
  readonly summary: PlanSummary;
}

/** Fits the number of rounds into the budget: what start and proofs leave over is for slices. */
export function makePlan(
  profile: Profile,
  scenarios: readonly ScenarioPlan[],
  seed: number,
  budgetSeconds: number,
): Plan {
  const sliceSeconds = (profile.windowMs + leadMs + sliceOverheadMs) / 1_000;
  const arms = scenarios.reduce((sum, scenario) => sum + scenario.arms.length, 0);
  // Every block has a baseline slice of its own.
  const roundSeconds = scenarios.reduce(
    (sum, { arms }) => sum + slicesOfRound(arms, profile) * sliceSeconds,
    0,
  );
  const fixedRounds = profile.warmUpSlices + profile.unloadedRounds;
  const restartSeconds = arms * armSecondsPerRestart + fixedRounds * roundSeconds;
  const once = arms * validateSecondsPerArm;
  const affordable = Math.floor(((budgetSeconds - once) / profile.restarts - restartSeconds) / roundSeconds);
  const rounds = Math.min(Math.max(affordable, profile.rounds.least), profile.rounds.most);
  return {
    seed,
    profile,
    scenarios,
    rounds,
    summary: {
      restarts: profile.restarts,
      rounds,
      unloadedRounds: profile.unloadedRounds,
      sliceMs: profile.windowMs,
      connections,
      confidence,
      intervals: profile.intervals,
      estimatedSeconds: Math.round(once + profile.restarts * (restartSeconds + rounds * roundSeconds)),
    },
  };
}

// No slice is further than this from a baseline slice (method: blocks).
const farthestFromBaselineMs = 2_000;

/** How many slices a block holds, its baseline included. */
export function blockSize(profile: Profile): number {
  return Math.max(2, Math.floor(farthestFromBaselineMs / (profile.windowMs + leadMs + sliceOverheadMs)));
}

/** How many blocks a round of these arms takes. */
export function blocksOfRound(arms: readonly ArmIdentity[], profile: Profile): number {
  const others = arms.filter((arm) => !isReference(arm)).length;
  return Math.max(1, Math.ceil(others / (blockSize(profile) - 1)));
}

function slicesOfRound(arms: readonly ArmIdentity[], profile: Profile): number {
  return arms.length - 1 + blocksOfRound(arms, profile);
}
