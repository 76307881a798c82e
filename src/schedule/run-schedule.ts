import { shuffle } from 'simple-statistics';
import type { IntervalWidths } from '../results/analyse/interim.js';
import { placeText } from '../results/analyse/setting.js';
import type { Evidence, TimeSpent } from '../results/schema/index.js';
import { leastForInterval } from '../stats/enough-restarts.js';
import { type DoneRestart, restartsBefore } from './done-restart.js';
import type { Executor } from './executor.js';
import { isPilot, type Plan, type ScenarioPlan, withAdvisedRounds } from './plan.js';
import { type Progress, progressMeter } from './progress.js';
import { seededRandom } from './random.js';
import { runRestart, type ScheduleSink } from './restart.js';
import { type Place, roundRobin, type StopReason } from './round-robin.js';
import { type TimeLedger, timeLedger } from './time-spent.js';

export interface ScheduleOptions {
  readonly signal: AbortSignal;
  /** Called at the borders of rounds only: the orchestrator is silent while load runs. */
  readonly onProgress?: (progress: Progress) => void;
  /** Where the time goes. */
  readonly ledger?: TimeLedger;
  /**
   * Asked after a scenario's restart, where a precision was asked for, of that restart and those before it; it must look at the width of
   * intervals only.
   */
  readonly isPrecise?: (scenario: ScenarioPlan, restart: number) => boolean;
  /** Asked once, of the first restarts up to this one: how many rounds the others should have (Kalibera and Jones 2013). */
  readonly adviseRounds?: (restart: number) => number | null;
  /** Asked after a scenario's restart, from the third on, for progress alone: nothing of the schedule hangs on it. */
  readonly widthsOf?: (scenario: ScenarioPlan, restart: number) => IntervalWidths | null;
  /** What an earlier try of the same run has finished: its decisions are taken again, and nothing of it is driven. */
  readonly done?: readonly DoneRestart[];
}

/**
 * Drives the whole schedule: passes, in each a restart of every scenario that wants one, in each of these shuffled rounds of
 * slices over all arms at once. An arm that fails a proof gets no more load.
 * @returns why it ended.
 * @throws FailedError where a baseline fails; InterruptedError where the signal fires.
 */
export async function runSchedule(
  planned: Plan,
  executor: Executor,
  sink: ScheduleSink,
  options: ScheduleOptions,
): Promise<StopReason> {
  const { signal, done = [], ledger = timeLedger(undefined, done), isPrecise = () => false } = options;
  const failed = new Set<string>();
  const meter = progressMeter(planned, options.onProgress, ledger.spent().totalSeconds);
  const turns = roundRobin(planned, isPrecise);
  const before = restartsBefore(done);
  let plan = planned;
  // When the last restart ended; as it is stored, so that a resumed run decides as it would have.
  let spentSeconds = 0;
  for (let pass = 0; ; pass += 1) {
    for (const place of shuffle([...turns.open()], seededRandom(plan.seed, 'pass', pass))) {
      const known = before.take(place.index, pass);
      if (known) {
        for (const id of known.failed) failed.add(id);
        meter.passedBy(place.scenario, pass, known.invalid ?? []);
        spentSeconds = known.timeSpent.totalSeconds;
        turns.did(place, known.seconds);
        continue;
      }
      // Others had this restart after it: it was left out, which only a lack of time does.
      if (!before.isEmpty()) {
        turns.endsWithThisPass();
        continue;
      }
      signal.throwIfAborted();
      const begun = ledger.spent().totalSeconds;
      if (!turns.hasTimeFor(place, begun)) continue;
      const arms = place.scenario.arms.filter(({ id }) => !failed.has(id));
      const scenario = { ...place.scenario, arms };
      // Of its own, so that a scenario that leaves moves no other's schedule.
      const random = seededRandom(plan.seed, 'restart', pass, place.index);
      const context = { plan, scenario, restart: pass, random, failed, sink, signal, meter, ledger };
      await runRestart(executor, context);
      const timeSpent = ledger.spent();
      spentSeconds = timeSpent.totalSeconds;
      const seconds = spentSeconds - begun;
      ledger.restart(place.index, scenario, seconds);
      sink.evidence(restartDone(place, pass, seconds, timeSpent));
      turns.did(place, seconds);
      if (plan.summary.intervals && pass + 1 >= leastForInterval)
        meter.measured(place.scenario, options.widthsOf?.(place.scenario, pass) ?? null);
    }
    const stop = turns.stop();
    if (stop !== null) return stop;
    if (isPilot(plan, pass) && !isPilot(plan, pass + 1)) {
      const advised = options.adviseRounds?.(pass) ?? plan.summary.rounds;
      plan = withAdvisedRounds(plan, advised, pass + 1, spentSeconds);
    }
  }
}

function restartDone(place: Place, restart: number, seconds: number, timeSpent: TimeSpent): Evidence {
  const { scenario, setting } = place.scenario;
  return {
    schema: 'filterbench/evidence@1',
    kind: 'restart-done',
    arm: placeText(scenario, setting),
    restart,
    passed: true,
    problem: null,
    place: place.index,
    scenario,
    ...(setting !== undefined && { setting }),
    seconds,
    timeSpent,
  };
}
