import type { Plan, ScenarioPlan } from './plan.js';
import { stepsOfRestart } from './steps.js';

/** How far a run is. */
export interface Progress {
  readonly scenario: string;
  /** Which Envoy or runtime, where the plan has several. */
  readonly setting?: string;
  /** From 0. */
  readonly restart: number;
  /** Null where the budget or a precision decides. */
  readonly restarts: number | null;
  /** 0 to 1. */
  readonly done: number;
  readonly secondsLeft: number;
}

export type ProgressMeter = ReturnType<typeof progressMeter>;

/**
 * Counts rounds and restarts; the time left is the plan's estimate at first, and what the run showed so far later on.
 * @param secondsBefore what was spent before
 */
export function progressMeter(
  plan: Plan,
  report: ((progress: Progress) => void) | undefined,
  secondsBefore = 0,
) {
  const { restarts, budgetBinds, budgetSeconds, estimatedSeconds } = plan.summary;
  // How many restarts a budget holds nobody knows; how long it is, is known.
  const isOpen = budgetBinds === true;
  const total = Array.from({ length: restarts }, (_, restart) =>
    plan.scenarios.map((scenario) => 1 + roundsOf(plan, scenario, restart)),
  )
    .flat()
    .reduce((sum, units) => sum + units, 0);
  const begin = performance.now();
  let units = 0;
  const tell = ({ scenario, setting }: ScenarioPlan, restart: number) => {
    const elapsed = secondsBefore + (performance.now() - begin) / 1_000;
    const done = Math.min(1, isOpen ? elapsed / budgetSeconds : units / Math.max(1, total));
    const wholeRun = isOpen ? budgetSeconds : done > 0.05 ? elapsed / done : estimatedSeconds;
    const secondsLeft = Math.max(0, Math.round(wholeRun - elapsed));
    const where = { scenario, ...(setting !== undefined && { setting }) };
    report?.({ ...where, restart, restarts: isOpen ? null : restarts, done, secondsLeft });
  };
  const count = (scenario: ScenarioPlan, restart: number) => {
    units += 1;
    tell(scenario, restart);
  };
  /** A restart that was done before. */
  const passedBy = (scenario: ScenarioPlan, restart: number) => {
    units += 1 + roundsOf(plan, scenario, restart);
  };
  return { starting: tell, roundDone: count, restartDone: count, passedBy };
}

function roundsOf(plan: Plan, scenario: ScenarioPlan, restart: number): number {
  return stepsOfRestart(plan, scenario, restart).reduce((sum, { rounds }) => sum + rounds, 0);
}
