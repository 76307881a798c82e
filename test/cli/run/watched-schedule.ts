import type { ProgressLine } from '../../../src/cli/run/progress-line.js';
import { interimOf } from '../../../src/results/analyse/index.js';
import type { Evidence, Sample } from '../../../src/results/schema/index.js';
import { sliceTable } from '../../../src/results/slices/index.js';
import type { Executor, SliceSpec } from '../../../src/schedule/executor.js';
import type { ScheduleSink } from '../../../src/schedule/restart.js';
import { runSchedule } from '../../../src/schedule/run-schedule.js';
import { fakeExecutor } from '../../schedule/fake-executor.js';
import { fakePlan, planned } from '../../schedule/fixture-plan.js';

/** What happened, in order: a slice, by the round that it is of, or something that was written. */
export type Happened = { readonly round: string } | { readonly text: string };

/** What is told of a schedule, by whatever writes. */
export interface Watching {
  readonly progress: ProgressLine;
  readonly sink?: (sink: ScheduleSink) => ScheduleSink;
}

/**
 * Drives a plan on arms of known truth, and notes what is written when.
 * @param watch gets what it must write by
 */
export async function watchedSchedule(
  watch: (write: (text: string | Uint8Array) => boolean) => Watching,
  onSlice: (spec: SliceSpec) => void = () => undefined,
) {
  const happened: Happened[] = [];
  let runs: SliceSpec | null = null;
  const writtenWithin: SliceSpec[] = [];
  const { progress, sink = (own) => own } = watch((text) => {
    if (runs) writtenWithin.push(runs);
    happened.push({ text: String(text) });
    return true;
  });
  const fake = fakeExecutor({
    truth: ({ variant }) => ({ envoyUs: variant === 'baseline' ? 30 : 40 }),
    seed: 7,
    restartSdUs: 0.8,
    onSlice,
  });
  const executor: Executor = {
    async openRestart(layout) {
      const session = await fake.openRestart(layout);
      return {
        ...session,
        async run(spec) {
          runs = spec;
          happened.push({ round: JSON.stringify([spec.restart, spec.purpose, spec.load, spec.round]) });
          // So long that whatever waits for its turn has it within the slice.
          await new Promise((resolve) => setImmediate(resolve));
          try {
            return await session.run(spec);
          } finally {
            runs = null;
          }
        },
        [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
      };
    },
  };
  const slices = sliceTable();
  const evidence: Evidence[] = [];
  const kept = {
    sample: (one: Sample) => slices.add(one),
    evidence: (one: Evidence) => evidence.push(one),
  };
  const plan = fakePlan();
  const outcome = await runSchedule(plan, executor, sink(kept), {
    signal: new AbortController().signal,
    onProgress: progress.update,
    widthsOf: ({ arms }) =>
      interimOf({ plan: plan.summary, scenarios: [] }, planned(), { slices, evidence }).widths(
        new Set(arms.map(({ id }) => id)),
      ),
  }).catch((error: unknown) => error);
  progress.end();
  const texts = happened.flatMap((one) => ('text' in one ? [one.text] : []));
  return { outcome, happened, writtenWithin, texts };
}

/** Slices of one round that something was written between. */
export function torn(happened: readonly Happened[]): string[] {
  let last = '';
  let isWritten = false;
  return happened.flatMap((one) => {
    if ('text' in one) {
      isWritten = true;
      return [];
    }
    const isTorn = isWritten && one.round === last;
    last = one.round;
    isWritten = false;
    return isTorn ? [one.round] : [];
  });
}
