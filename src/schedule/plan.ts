import { type ArmIdentity, isReference, type Load, type PlanSummary } from '../results/schema/index.js';
import type { Profile } from './profiles.js';

// What a slice costs besides its window and lead, as measured on two cores: connecting, autocannon's last tick.
const sliceOverheadMs = 10;
/** Time after a slice's first response that is not counted (method: inner window). */
export const leadMs = 20;
// Start, two rounds of proofs, counters and stop of one arm, as measured on two cores.
const armSecondsPerRestart = 0.16;
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

/** What a plan is made for. */
export interface PlanRequest {
  readonly profile: Profile;
  readonly scenarios: readonly ScenarioPlan[];
  readonly seed: number;
  readonly budgetSeconds: number;
  /** One restart without load. */
  readonly proveOnly?: boolean;
}

/**
 * Fits the number of rounds into the budget: what start and proofs leave over is for slices. Never fewer than the profile's
 * least, so the estimate can exceed the budget.
 */
export function makePlan({ profile, scenarios, seed, budgetSeconds, proveOnly = false }: PlanRequest): Plan {
  const arms = scenarios.reduce((sum, scenario) => sum + scenario.arms.length, 0);
  const roundSeconds = secondsOfRound(scenarios, profile.windowMs);
  const restartSeconds =
    arms * armSecondsPerRestart +
    profile.warmUpSlices * roundSeconds +
    profile.unloadedRounds * secondsOfRound(scenarios, profile.unloadedWindowMs);
  const once = arms * validateSecondsPerArm;
  const affordable = Math.floor(((budgetSeconds - once) / profile.restarts - restartSeconds) / roundSeconds);
  const rounds = Math.min(Math.max(affordable, profile.rounds.least), profile.rounds.most);
  const measuring = profile.restarts * (restartSeconds + rounds * roundSeconds);
  return {
    seed,
    profile,
    scenarios,
    rounds,
    summary: {
      proveOnly,
      restarts: proveOnly ? 1 : profile.restarts,
      rounds: proveOnly ? 0 : rounds,
      unloadedRounds: proveOnly ? 0 : profile.unloadedRounds,
      sliceMs: profile.windowMs,
      connections,
      confidence,
      intervals: profile.intervals && !proveOnly,
      budgetSeconds,
      estimatedSeconds: Math.round(once + (proveOnly ? arms * armSecondsPerRestart : measuring)),
    },
  };
}

/** Length of the inner window under a load: longer at 1 connection. */
export function windowOf(load: Load, { profile }: Plan): number {
  return load.loop === 'closed' && load.connections === 1 ? profile.unloadedWindowMs : profile.windowMs;
}

// No slice is further than this from a baseline slice (method: blocks).
const farthestFromBaselineMs = 2_000;

/** How many blocks a round of these arms takes; each holds a baseline slice of its own. */
export function blocksOfRound(arms: readonly ArmIdentity[], windowMs: number): number {
  const slicesOfBlock = Math.max(2, Math.floor(farthestFromBaselineMs / sliceMs(windowMs)));
  const others = arms.filter((arm) => !isReference(arm)).length;
  return Math.max(1, Math.ceil(others / (slicesOfBlock - 1)));
}

function sliceMs(windowMs: number): number {
  return windowMs + leadMs + sliceOverheadMs;
}

function secondsOfRound(scenarios: readonly ScenarioPlan[], windowMs: number): number {
  const slices = scenarios.reduce(
    (sum, { arms }) => sum + arms.length - 1 + blocksOfRound(arms, windowMs),
    0,
  );
  return (slices * sliceMs(windowMs)) / 1_000;
}
