import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { shuffle } from 'simple-statistics';
import type { ArmIdentity, Sample } from '../results/schema/index.js';
import { seededRandom } from '../schedule/random.js';
import { connections } from '../schedule/steps.js';
import { type EnvoyExecutorOptions, openArms } from '../session/executor.js';
import { proveArm } from '../session/prove-arm.js';
import { runSlice } from '../session/run-slice.js';
import { type Attempt, attemptOf, beginCounting, isWell, type LivingAttempt } from './attempt.js';
import { namesOfNode, removeNames, settleNames } from './node-names.js';
import { framesOf } from './readings.js';
import { samplesOf, startRecording } from './sampling/perf.js';
import { countSyscalls } from './sampling/strace.js';
import { addSample } from './stacks.js';

/** What of one scenario is to be profiled. */
export interface ProfileRequest {
  readonly scenario: string;
  readonly arms: readonly ArmIdentity[];
  /** Of load on each arm while it is sampled. */
  readonly seconds: number;
  /** Of load before that: compilers that work while a program runs are busy then. */
  readonly warmUpSeconds: number;
  readonly seed: number;
  readonly withSyscalls: boolean;
  /** A folder for the sampler's file, which is removed. */
  readonly dir: string;
}

// Long enough that connecting is no part of it, short enough that arms take turns before the machine drifts.
const sliceMs = 500;

/**
 * Starts arms as a benchmark does, proves them, and samples all their processes while load goes over the arms in turns.
 * @throws FailedError where the sampler fails; InterruptedError. An arm that fails is an outcome.
 */
export async function profileArms(
  options: EnvoyExecutorOptions,
  request: ProfileRequest,
): Promise<Attempt[]> {
  const { scenario, arms, seed, dir } = request;
  const { signal, placement } = options;
  // All arms are on one.
  const [envoy] = options.envoys;
  const layout = { restart: 0, scenario, arms, envPaddingBytes: 0, seed };
  await using opened = await openArms({ ...options, serverEnv: namesOfNode }, layout);
  const attempts = arms.map((arm) => attemptOf(arm, opened.arms.get(arm.id), opened.started));
  const file = join(dir, `${scenario}.perf.data`);
  try {
    for (const attempt of attempts.filter(isWell)) await prove(attempt, 'before-load', signal);
    const well = attempts.filter(isWell);
    if (well.length === 0) return attempts;
    await loadInTurns(well, options, { ...request, seconds: request.warmUpSeconds, purpose: 'warm-up' });
    const counting = [];
    for (const attempt of well) counting.push(await beginCounting(attempt));
    const pids = well.flatMap(({ processes }) => processes.map(({ pid }) => pid));
    const recording = await startRecording({ pids, file, cpus: placement.generatorCpus });
    try {
      await loadInTurns(well, options, { ...request, purpose: 'measure' });
    } finally {
      await recording.stop();
    }
    for (const end of counting) await end();
    if (request.withSyscalls) {
      for (const attempt of well) await trace(attempt, options, seed);
    }
    for (const attempt of well) await prove(attempt, 'after-load', signal);
    await readStacks(file, well, envoy.path);
    return attempts;
  } finally {
    rmSync(file, { force: true });
    for (const { processes } of attempts) for (const { pid } of processes) removeNames(pid);
  }
}

async function prove(
  { subject, evidence }: LivingAttempt,
  phase: 'before-load' | 'after-load',
  signal: AbortSignal,
): Promise<void> {
  evidence.push(...(await proveArm(subject, 0, phase, signal)));
}

async function loadInTurns(
  attempts: readonly LivingAttempt[],
  options: EnvoyExecutorOptions,
  { seconds, seed, scenario, purpose }: ProfileRequest & { readonly purpose: Sample['purpose'] },
): Promise<void> {
  const random = seededRandom(seed, 'profile', scenario);
  const rounds = Math.max(1, Math.round((seconds * 1_000) / sliceMs));
  for (let round = 0; round < rounds; round += 1) {
    for (const attempt of shuffle([...attempts], random)) {
      options.signal.throwIfAborted();
      const sample = await drive(attempt, round, purpose, options, seed);
      if (purpose === 'measure') attempt.samples.push(sample);
    }
  }
}

function drive(
  { subject, arm }: LivingAttempt,
  round: number,
  purpose: Sample['purpose'],
  options: EnvoyExecutorOptions,
  seed: number,
): Promise<Sample> {
  const load = { loop: 'closed', connections, workers: options.workers } as const;
  const slice = { arm: arm.id, restart: 0, round, block: 0, load, purpose, windowMs: sliceMs, seed };
  return runSlice(subject, slice, options);
}

async function trace(attempt: LivingAttempt, options: EnvoyExecutorOptions, seed: number): Promise<void> {
  for (const process of attempt.processes) {
    const { counts, during } = await countSyscalls(process.pid, options.placement.generatorCpus, () =>
      drive(attempt, 0, 'warm-up', options, seed),
    );
    const entries = [...counts].map(([name, calls]): [string, number] => [name, calls / during.served]);
    process.syscalls = during.served === 0 ? null : Object.fromEntries(entries);
  }
}

async function readStacks(
  file: string,
  attempts: readonly LivingAttempt[],
  envoyPath: string,
): Promise<void> {
  const processes = new Map(
    attempts.flatMap((attempt) => attempt.processes.map((process) => [process.pid, process] as const)),
  );
  for (const pid of processes.keys()) settleNames(pid);
  const frameOf = framesOf(envoyPath);
  for await (const { pid, frames } of samplesOf(file)) {
    const process = processes.get(pid);
    if (process) addSample(process.stacks, frames.map(frameOf), process.reading);
  }
}
