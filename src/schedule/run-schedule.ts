import { shuffle } from 'simple-statistics';
import type { Executor } from './executor.js';
import { isPilot, type Plan, type ScenarioPlan, withAdvisedRounds } from './plan.js';
import { type Progress, progressMeter } from './progress.js';
import { seededRandom } from './random.js';
import { runRestart, type ScheduleSink } from './restart.js';
import { roundRobin, type StopReason } from './round-robin.js';
import { type TimeLedger, timeLedger } from './time-spent.js';

export interface ScheduleOptions {
  readonly signal: AbortSignal;
  /** Called between slices only: the orchestrator is silent while load runs. */
  readonly onProgress?: (progress: Progress) => void;
  /** Where the time goes. */
  readonly ledger?: TimeLedger;
  /** Asked after a scenario's restart, where a precision was asked for; it must look at the width of intervals only. */
  readonly isPrecise?: (scenario: ScenarioPlan) => boolean;
  /** Asked once, after the first restarts: how many rounds the others should have (Kalibera and Jones 2013). */
  readonly adviseRounds?: () => number | null;
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
  const { signal, ledger = timeLedger(), isPrecise = () => false } = options;
  const failed = new Set<string>();
  const meter = progressMeter(planned, options.onProgress);
  const turns = roundRobin(planned, isPrecise);
  let plan = planned;
  for (let pass = 0; ; pass += 1) {
    for (const place of shuffle([...turns.open()], seededRandom(plan.seed, 'pass', pass))) {
      signal.throwIfAborted();
      const begun = ledger.spent().totalSeconds;
      if (!turns.hasTimeFor(place, begun)) continue;
      const arms = place.scenario.arms.filter(({ id }) => !failed.has(id));
      const scenario = { ...place.scenario, arms };
      // Of its own, so that a scenario that leaves moves no other's schedule.
      const random = seededRandom(plan.seed, 'restart', pass, place.index);
      const context = { plan, scenario, restart: pass, random, failed, sink, signal, meter, ledger };
      await runRestart(executor, context);
      const seconds = ledger.spent().totalSeconds - begun;
      ledger.restart(place.index, scenario, seconds);
      turns.did(place, seconds);
    }
    const stop = turns.stop();
    if (stop !== null) return stop;
    if (isPilot(plan, pass) && !isPilot(plan, pass + 1)) {
      const advised = options.adviseRounds?.() ?? plan.summary.rounds;
      plan = withAdvisedRounds(plan, advised, pass + 1, ledger.spent().totalSeconds);
    }
  }
}
