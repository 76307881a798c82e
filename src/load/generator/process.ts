import type { OpenLoopSlice, Slice, SliceOutcome } from '../slice.js';
import { withEngineCpu } from './engine-cpu.js';
import { mergeOutcomes } from './merge.js';
import { type GeneratorWorker, startWorker } from './worker.js';

/** A generator in processes of its own, on cores of its own. */
export interface Generator extends AsyncDisposable {
  /** The process that drives closed loops. */
  readonly pid: number;
  readonly pids: readonly number[];
  /**
   * Drives one slice; one at a time. A closed loop runs in the first process, an open loop in all.
   * @throws FailedError where it could not read what it measures; InstrumentError where one of its processes ended.
   */
  run(slice: Slice): Promise<SliceOutcome>;
}

// Time for the word to reach every process before the instant that it names.
const startAheadNs = 5_000_000;

/** Starts the generator, one process pinned to each of `cpus` (empty: one process, on any). */
export async function startGenerator(cpus: readonly number[]): Promise<Generator> {
  const pins = cpus.length === 0 ? [[]] : cpus.map((cpu) => [cpu]);
  const starting = await Promise.allSettled(pins.map(startWorker));
  const workers = starting.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const end = async () => {
    await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()));
  };
  const [first, ...others] = workers;
  const failed = starting.find((start) => start.status === 'rejected');
  if (!first || failed) {
    await end();
    throw failed?.reason;
  }
  return {
    pid: first.pid,
    pids: workers.map(({ pid }) => pid),
    run: (asked) =>
      withEngineCpu(asked, (slice) =>
        slice.loop === 'closed'
          ? first.begin(slice, { index: 0, of: 1 }).outcome
          : runTogether(slice, [first, ...others]),
      ),
    [Symbol.asyncDispose]: end,
  };
}

async function runTogether(
  slice: OpenLoopSlice,
  workers: readonly [GeneratorWorker, ...GeneratorWorker[]],
): Promise<SliceOutcome> {
  const shares = workers.map((worker, index) => worker.begin(slice, { index, of: workers.length }));
  try {
    await Promise.all(shares.map(({ ready }) => ready));
  } catch (error) {
    await Promise.allSettled(workers.map((worker) => worker.start(null)));
    throw error;
  }
  const startAtNs = Number(process.hrtime.bigint()) + startAheadNs;
  await Promise.all(workers.map((worker) => worker.start(startAtNs)));
  const [first, ...others] = await Promise.all(shares.map(({ outcome }) => outcome));
  if (!first) throw new TypeError('a generator has at least one process');
  return mergeOutcomes([first, ...others]);
}
