import type { Plan, ScenarioPlan } from './plan.js';
import { stepsOfScenario } from './scenario-steps.js';

/** How far a run is. */
export interface Progress {
  readonly scenario: string;
  /** From 0. */
  readonly restart: number;
  readonly restarts: number;
  /** 0 to 1. */
  readonly done: number;
  readonly secondsLeft: number;
}

/** Counts rounds; the time left is the plan's estimate at first, and what the run showed so far later on. */
export function progressMeter(plan: Plan, report: ((progress: Progress) => void) | undefined) {
  const { restarts } = plan.summary;
  const roundsOfRestart = plan.scenarios
    .flatMap((scenario) => stepsOfScenario(scenario, plan.steps))
    .reduce((sum, { rounds }) => sum + rounds, 0);
  const total = restarts * roundsOfRestart;
  const begin = performance.now();
  let rounds = 0;
  const tell = ({ scenario }: ScenarioPlan, restart: number) => {
    const elapsed = (performance.now() - begin) / 1_000;
    // How many restarts a precision takes nobody knows; its budget is known.
    const { precisionUs, budgetSeconds } = plan.summary;
    const done = Math.min(1, precisionUs === null ? rounds / Math.max(1, total) : elapsed / budgetSeconds);
    const wholeRun = done > 0.05 ? elapsed / done : plan.summary.estimatedSeconds;
    report?.({ scenario, restart, restarts, done, secondsLeft: Math.max(0, Math.round(wholeRun - elapsed)) });
  };
  return {
    starting: tell,
    roundDone(scenario: ScenarioPlan, restart: number) {
      rounds += 1;
      tell(scenario, restart);
    },
  };
}
