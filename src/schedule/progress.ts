import { verdictOfFailure } from '../results/analyse/arm-status.js';
import type { IntervalWidths } from '../results/analyse/interim.js';
import { placeText } from '../results/analyse/setting.js';
import type { ArmStatus, Evidence } from '../results/schema/index.js';
import type { Plan, ScenarioPlan } from './plan.js';
import { stepsOfRestart } from './steps.js';

/** What a restart is at: its Envoys start, arms are proven, a round runs, or all of it is over. */
export type Stage = 'start' | 'proof' | 'round' | 'end';

/** An arm that failed, and gets no more load. */
export interface FailedArm {
  readonly arm: string;
  readonly status: ArmStatus;
  readonly reason: string;
}

/** How far a run is. */
export interface Progress {
  readonly scenario: string;
  /** Which Envoy or runtime, where the plan has several. */
  readonly setting?: string;
  /** From 0. */
  readonly restart: number;
  /** Null where the budget or a precision decides. */
  readonly restarts: number | null;
  readonly stage: Stage;
  /** The one that begins now, from 1, in a restart that has `rounds` of all kinds; 0 outside of rounds. */
  readonly round: number;
  readonly rounds: number;
  /** Of this scenario, by its whole restarts; null until there are enough of them. */
  readonly widths: IntervalWidths | null;
  /** Arms of the whole run that are invalid. */
  readonly invalid: number;
  /** Arms that failed since progress was last told. */
  readonly failed: readonly FailedArm[];
  /** 0 to 1. */
  readonly done: number;
  readonly secondsLeft: number;
}

export type ProgressMeter = ReturnType<typeof progressMeter>;

/**
 * Counts rounds and restarts; the time left is the plan's estimate at first, and what the run showed so far later on. It tells at the
 * borders of rounds only: what becomes known within one is told at its end.
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
  let round = 0;
  const widths = new Map<string, IntervalWidths | null>();
  const statuses = new Map<string, ArmStatus>();
  let untold: FailedArm[] = [];

  function tell(scenario: ScenarioPlan, restart: number, stage: Stage, rounds = 0): void {
    const elapsed = secondsBefore + (performance.now() - begin) / 1_000;
    const done = Math.min(1, isOpen ? elapsed / budgetSeconds : units / Math.max(1, total));
    const wholeRun = isOpen ? budgetSeconds : done > 0.05 ? elapsed / done : estimatedSeconds;
    const failed = untold;
    untold = [];
    report?.({
      scenario: scenario.scenario,
      ...(scenario.setting !== undefined && { setting: scenario.setting }),
      restart,
      restarts: isOpen ? null : restarts,
      stage,
      round: stage === 'round' ? round : 0,
      rounds,
      widths: widths.get(nameOf(scenario)) ?? null,
      invalid: [...statuses.values()].filter((status) => status === 'invalid').length,
      failed,
      done,
      secondsLeft: Math.max(0, Math.round(wholeRun - elapsed)),
    });
  }

  return {
    starting(scenario: ScenarioPlan, restart: number): void {
      round = 0;
      tell(scenario, restart, 'start');
    },
    proving(scenario: ScenarioPlan, restart: number): void {
      tell(scenario, restart, 'proof');
    },
    /** @param rounds of the whole restart */
    roundBegins(scenario: ScenarioPlan, restart: number, rounds: number): void {
      round += 1;
      tell(scenario, restart, 'round', rounds);
    },
    roundDone(): void {
      units += 1;
    },
    restartDone(scenario: ScenarioPlan, restart: number): void {
      units += 1;
      tell(scenario, restart, 'end');
    },
    /** A restart that was done before, and the arms that were invalid in it. */
    passedBy(scenario: ScenarioPlan, restart: number, invalid: readonly string[]): void {
      units += 1 + roundsOf(plan, scenario, restart);
      for (const arm of invalid) statuses.set(arm, 'invalid');
    },
    /** Evidence that did not pass; the first of an arm counts. */
    failed(item: Evidence): void {
      if (statuses.has(item.arm)) return;
      const { status, reason } = verdictOfFailure(item);
      statuses.set(item.arm, status);
      untold.push({ arm: item.arm, status, reason: reason ?? '' });
    },
    /** How wide the intervals of a scenario are by now. */
    measured(scenario: ScenarioPlan, found: IntervalWidths | null): void {
      widths.set(nameOf(scenario), found);
    },
  };
}

function nameOf({ scenario, setting }: ScenarioPlan): string {
  return placeText(scenario, setting);
}

function roundsOf(plan: Plan, scenario: ScenarioPlan, restart: number): number {
  return stepsOfRestart(plan, scenario, restart).reduce((sum, { rounds }) => sum + rounds, 0);
}
