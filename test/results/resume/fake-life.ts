import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { beginRecord, resumeRecord } from '../../../src/cli/run/record.js';
import type { PlannedArm, RunHeader } from '../../../src/results/analyse/index.js';
import type { Evidence, Run, Sample } from '../../../src/results/schema/index.js';
import { runFiles } from '../../../src/results/store/index.js';
import type { SliceSpec } from '../../../src/schedule/executor.js';
import type { Plan } from '../../../src/schedule/plan.js';
import { seededRandom } from '../../../src/schedule/random.js';
import { runSchedule } from '../../../src/schedule/run-schedule.js';
import { timeLedger } from '../../../src/schedule/time-spent.js';
import { type FakeLog, type FakeOptions, fakeExecutor } from '../../schedule/fake-executor.js';
import { fakeHeader } from '../../schedule/fixture-plan.js';

/** One process's part in a run: from its beginning or a resumption until the end, or until it is killed. */
export interface Life {
  /** Null where it was killed. */
  readonly run: Run | null;
  readonly log: FakeLog;
  /** What a user was told. */
  readonly said: readonly string[];
}

export interface LifeOptions {
  readonly plan: Plan;
  readonly fake: FakeOptions;
  /** It is killed when it would write this line, counted from 1; `torn` where half of it gets onto the disk. */
  readonly killAt?: number;
  readonly torn?: boolean;
  readonly header?: Partial<RunHeader>;
}

class Killed extends Error {}

// As in fake-run.ts: what a fake machine takes.
const startMs = 150;
const besideWindowMs = 30;

/**
 * Noise that hangs on the slice alone, so that it is the same in whichever life a slice is driven.
 * @param restartSdUs how far an arm's cost moves between restarts
 */
export function noiseOf(
  sdUs: (spec: SliceSpec) => number,
  restartSdUs: (spec: SliceSpec) => number = () => 0,
): Pick<FakeOptions, 'costUs'> {
  return {
    costUs(spec, trueUs) {
      const { arm, restart, round, block, purpose, load } = spec;
      const random = seededRandom(9, arm, restart, round, block, purpose, JSON.stringify(load));
      const ofRestart = seededRandom(9, arm, restart);
      return trueUs + normal(random) * sdUs(spec) + normal(ofRestart) * restartSdUs(spec);
    },
  };
}

// Of three uniform ones, so that no cost comes out below zero.
function normal(random: () => number): number {
  return (random() + random() + random() - 1.5) * 2;
}

export const begin = (dir: string, options: LifeOptions) => live(dir, options, false);
export const resume = (dir: string, options: LifeOptions) => live(dir, options, true);

async function live(dir: string, options: LifeOptions, isResumed: boolean): Promise<Life> {
  const { plan, fake } = options;
  const planned = plan.scenarios.flatMap(({ arms }) =>
    arms.map((identity): PlannedArm => ({ identity, known: null })),
  );
  const header = { ...fakeHeader(plan), status: 'interrupted' as const, ...options.header };
  const said: string[] = [];
  const about = { dir, header, plan, planned, finish: undefined };
  using record = isResumed ? await resumeRecord(about, (text) => said.push(text)) : beginRecord(about);
  const { recorder, done } = record;
  const clock = { ms: 0 };
  const ledger = timeLedger(() => clock.ms, done);
  const executor = fakeExecutor({
    ...fake,
    onOpen: ({ arms }) => {
      clock.ms += startMs * arms.length;
    },
    onSlice: ({ windowMs }) => {
      clock.ms += windowMs + besideWindowMs;
    },
  });
  let lines = 0;
  const beforeLine = (file: string, line: Sample | Evidence) => {
    lines += 1;
    const { killAt = Number.POSITIVE_INFINITY } = options;
    if (lines < killAt) return;
    const text = JSON.stringify(line);
    if (options.torn && lines === killAt) appendFileSync(join(dir, file), text.slice(0, text.length / 2));
    // Also what other arms would write meanwhile: a process that was killed writes nothing more.
    throw new Killed();
  };
  const sink = {
    sample(sample: Sample) {
      beforeLine(runFiles.samples, sample);
      recorder.sample(sample);
    },
    evidence(evidence: Evidence) {
      beforeLine(runFiles.evidence, evidence);
      recorder.evidence(evidence);
    },
  };
  try {
    const stopped = await runSchedule(plan, executor, sink, {
      signal: new AbortController().signal,
      ledger,
      isPrecise: ({ arms }, restart) =>
        recorder.interim(restart).shortfalls(new Set(arms.map(({ id }) => id))).length === 0,
      adviseRounds: (restart) => recorder.interim(restart).advice()?.roundsPerRestart ?? null,
      done,
    });
    const conduct = { stopped, timeSpent: ledger.spent(), restarts: ledger.restarts() };
    return { run: recorder.write('complete', conduct), log: executor.log, said };
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return { run: null, log: executor.log, said };
  }
}
