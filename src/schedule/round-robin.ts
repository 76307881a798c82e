import { leastToRank } from '../stats/enough-restarts.js';
import type { Plan, ScenarioPlan } from './plan.js';
import { secondsOfRestart, secondsOnce } from './time-estimate.js';

/** Why a schedule ended: all restarts done, intervals narrow enough, or no time for another restart. */
export type StopReason = 'planned' | 'precision' | 'budget';

/** A scenario with what its restarts took so far. */
export interface Place {
  /** In the plan: several places can have one scenario's name. */
  readonly index: number;
  readonly scenario: ScenarioPlan;
  /** Seconds of each restart that is done. */
  readonly seconds: readonly number[];
}

/**
 * Who has the next restart. In each pass every scenario that still wants one has its turn, so those differ by one restart at most,
 * whenever the run ends. With a precision a scenario leaves once its intervals are narrow enough, and the time goes to the others. Only
 * widths are looked at: a rule that looks at significance would find more differences than there are (Armitage, McPherson and
 * Rowe 1969).
 * @param isPrecise whether all intervals of a scenario are as narrow as asked for, by its restarts up to this one
 */
export function roundRobin(plan: Plan, isPrecise: (scenario: ScenarioPlan, restart: number) => boolean) {
  const { summary } = plan;
  const places = plan.scenarios.map((scenario, index) => ({
    index,
    scenario,
    seconds: [] as number[],
    isDone: false,
  }));
  let isCut = false;

  function isEnough({ scenario, seconds }: Place): boolean {
    if (summary.precisionUs === null) return seconds.length >= summary.restarts;
    return seconds.length >= leastToRank && isPrecise(scenario, seconds.length - 1);
  }

  return {
    /** Those that want another restart. */
    open: (): readonly Place[] => places.filter(({ isDone }) => !isDone),
    /** Whether the budget holds another restart of a scenario, as long as its longest so far; where not, this pass is the last. */
    hasTimeFor(place: Place, spentSeconds: number): boolean {
      if (summary.budgetBinds !== true) return true;
      const fits = spentSeconds + expectedSeconds(plan, place, places) <= summary.budgetSeconds;
      isCut ||= !fits;
      return fits;
    },
    /** A scenario had no time for another restart. */
    endsWithThisPass(): void {
      isCut = true;
    },
    did({ index }: Place, seconds: number): void {
      const place = places[index];
      if (!place) throw new RangeError(`no scenario has place ${index}`);
      place.seconds.push(seconds);
      place.isDone = isEnough(place);
    },
    /** Why no further pass begins; null: one does. */
    stop(): StopReason | null {
      if (isCut) return 'budget';
      if (places.some(({ isDone }) => !isDone)) return null;
      return summary.precisionUs === null ? 'planned' : 'precision';
    },
  };
}

function expectedSeconds(plan: Plan, { scenario, seconds }: Place, places: readonly Place[]): number {
  const [first, ...later] = seconds;
  // The first restart also validates configurations.
  if (later.length > 0) return Math.max(...later);
  return first ?? estimateOf(plan, scenario) * paceOf(plan, places);
}

/** How much longer than estimated the first restarts of other scenarios took here. */
function paceOf(plan: Plan, places: readonly Place[]): number {
  const begun = places.flatMap(({ scenario, seconds: [first] }) =>
    first === undefined ? [] : [{ took: first, estimate: estimateOf(plan, scenario) }],
  );
  const [took, estimate] = [sum(begun.map((one) => one.took)), sum(begun.map((one) => one.estimate))];
  return estimate === 0 ? 1 : Math.max(1, took / estimate);
}

function estimateOf(plan: Plan, scenario: ScenarioPlan): number {
  return secondsOfRestart(scenario, plan) + secondsOnce(scenario);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
