import { analyse, interimOf, type PlannedArm } from '../../src/results/analyse/index.js';
import type { Evidence, Run, Sample } from '../../src/results/schema/index.js';
import { sliceTable } from '../../src/results/slices/index.js';
import type { SliceSpec } from '../../src/schedule/executor.js';
import type { Plan } from '../../src/schedule/plan.js';
import type { StopReason } from '../../src/schedule/round-robin.js';
import { runSchedule } from '../../src/schedule/run-schedule.js';
import { timeLedger } from '../../src/schedule/time-spent.js';
import { type FakeLog, type FakeOptions, fakeExecutor } from './fake-executor.js';
import { fakeHeader } from './fixture-plan.js';

export interface FakeRun {
  readonly stopped: StopReason;
  readonly log: FakeLog;
  /** On the fake clock. */
  readonly seconds: number;
  readonly evidence: readonly Evidence[];
  readonly run: Run;
  /** Restarts of each scenario, by name. */
  readonly restarts: ReadonlyMap<string, number>;
}

// What a fake machine takes: starting an arm, and a slice besides its window.
const startMs = 150;
const besideWindowMs = 30;

/**
 * Drives a plan on a fake executor whose time goes by on a clock of its own, as the command line drives a real one: precision and
 * advice come from the samples.
 * @param pace how many times longer everything takes than on the machine that the estimates are of
 */
export async function driveFake(plan: Plan, options: FakeOptions, pace = 1): Promise<FakeRun> {
  const clock = { ms: 0 };
  const samples: Sample[] = [];
  const evidence: Evidence[] = [];
  const planned = plan.scenarios.flatMap(({ arms }) =>
    arms.map((identity): PlannedArm => ({ identity, known: null })),
  );
  const executor = fakeExecutor({
    ...options,
    onOpen(layout) {
      clock.ms += pace * startMs * layout.arms.length;
      options.onOpen?.(layout);
    },
    onSlice(spec: SliceSpec) {
      clock.ms += pace * (spec.windowMs + besideWindowMs);
      options.onSlice?.(spec);
    },
  });
  const sink = {
    sample: (one: Sample) => samples.push(one),
    evidence: (one: Evidence) => evidence.push(one),
  };
  const ledger = timeLedger(() => clock.ms);
  const interim = () =>
    interimOf({ plan: plan.summary, scenarios: [] }, planned, { slices: sliceTable(samples), evidence });
  const stopped = await runSchedule(plan, executor, sink, {
    signal: new AbortController().signal,
    ledger,
    isPrecise: ({ arms }) => interim().shortfalls(new Set(arms.map(({ id }) => id))).length === 0,
    adviseRounds: () => interim().advice()?.roundsPerRestart ?? null,
  });
  const conduct = { stopped, timeSpent: ledger.spent(), restarts: ledger.restarts() };
  return {
    stopped,
    log: executor.log,
    seconds: clock.ms / 1_000,
    evidence,
    run: analyse({ ...fakeHeader(plan), conduct }, planned, samples, evidence),
    restarts: new Map(ledger.restarts().map(({ scenario, restarts }) => [scenario, restarts])),
  };
}
