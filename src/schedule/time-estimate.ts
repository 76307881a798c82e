import { type ArmIdentity, isReference } from '../results/schema/index.js';
import type { ScenarioPlan } from './plan.js';
import { isMain, restartsOfTurn, type Step, type StepPlan, stepsOfRestart } from './steps.js';

// What a slice costs besides its window and lead, as measured on two cores: connecting, autocannon's last tick.
const sliceOverheadMs = 10;
/** Time after a slice's first response that is not counted (method: inner window). */
export const leadMs = 20;
// Start and stop of one arm, and its validation in the first restart, as measured on two cores.
const startSecondsPerArm = 0.14;
const validateSecondsPerArm = 0.13;
// Two rounds of proofs: some cases a scenario; with bodies many more, some in pieces with pauses, and several arms at once.
const proofSecondsPerArm = { withoutBodies: 0.05, withBodies: 0.25 } as const;

// No slice is further than this from a baseline slice (method: blocks).
const farthestFromBaselineMs = 2_000;

/** How many blocks a round of these arms takes; each holds a baseline slice of its own. */
export function blocksOfRound(arms: readonly ArmIdentity[], windowMs: number): number {
  const slicesOfBlock = Math.max(2, Math.floor(farthestFromBaselineMs / sliceMs(windowMs)));
  const others = arms.filter((arm) => !isReference(arm)).length;
  return Math.max(1, Math.ceil(others / (slicesOfBlock - 1)));
}

/** Seconds of one restart of a scenario, on the average over the turns of its sides. */
export function secondsOfRestart(scenario: ScenarioPlan, plan: StepPlan): number {
  const turns = Array.from({ length: restartsOfTurn(plan) }, (_, restart) =>
    secondsOf(scenario, stepsOfRestart(plan, scenario, restart)),
  );
  return secondsWithoutLoad(scenario) + turns.reduce((sum, seconds) => sum + seconds, 0) / turns.length;
}

/** Seconds of starting, proving and stopping all arms of a scenario once. */
export function secondsWithoutLoad({ arms, bodyKiB = 0 }: ScenarioPlan): number {
  const proofs = bodyKiB > 0 ? proofSecondsPerArm.withBodies : proofSecondsPerArm.withoutBodies;
  return arms.length * (startSecondsPerArm + proofs);
}

/** Seconds that only the first restart of a scenario takes. */
export function secondsOnce({ arms }: ScenarioPlan): number {
  return arms.length * validateSecondsPerArm;
}

/** Seconds of one closed-loop round of a scenario. */
export function secondsOfMainRound(scenario: ScenarioPlan, plan: StepPlan): number {
  const main = stepsOfRestart(plan, scenario, 0).filter(isMain);
  return secondsOf(
    scenario,
    main.map((step) => ({ ...step, rounds: 1 })),
  );
}

function secondsOf({ arms }: ScenarioPlan, steps: readonly Step[]): number {
  return steps.reduce((sum, { rounds, windowMs }) => {
    const slices = arms.length - 1 + blocksOfRound(arms, windowMs);
    return sum + (rounds * slices * sliceMs(windowMs)) / 1_000;
  }, 0);
}

function sliceMs(windowMs: number): number {
  return windowMs + leadMs + sliceOverheadMs;
}
