import { shuffle } from 'simple-statistics';
import { FailedError } from '../errors.js';
import { type ArmIdentity, type Evidence, isReference, type Sample } from '../results/schema/index.js';
import type { Executor, Session } from './executor.js';
import { isPilot, type Plan, type ScenarioPlan, type Step, withRounds } from './plan.js';
import { type Progress, progressMeter } from './progress.js';
import { type Random, seededRandom } from './random.js';
import { orderOfRound, type Turn } from './rounds.js';
import { stepsOfScenario } from './scenario-steps.js';
import { type StopReason, stopAfter } from './stopping.js';
import { type TimeLedger, timeLedger } from './time-spent.js';

/** Where samples and evidence go, as they happen. */
export interface ScheduleSink {
  sample(sample: Sample): void;
  evidence(evidence: Evidence): void;
}

export interface ScheduleOptions {
  readonly signal: AbortSignal;
  /** Called between slices only: the orchestrator is silent while load runs. */
  readonly onProgress?: (progress: Progress) => void;
  /** Where the time goes. */
  readonly ledger?: TimeLedger;
  /** Asked between restarts, where a precision was asked for; it must look at the width of intervals only. */
  readonly isPrecise?: () => boolean;
  /** Asked once, after the first restarts: how many rounds the others should have (Kalibera and Jones 2013). */
  readonly adviseRounds?: () => number | null;
}

// Enough to move the stack by whole pages (Mytkowicz et al. 2009 varied it up to 4 KiB).
const mostPaddingBytes = 4_096;

/**
 * Drives the whole schedule: restarts, in each every scenario, in each shuffled rounds of slices over all arms at once.
 * An arm that fails a proof gets no more load. Scenarios take turns within a restart, so that an interrupted run is
 * balanced.
 * @returns why it ended.
 * @throws FailedError where a baseline fails; InterruptedError where the signal fires.
 */
export async function runSchedule(
  planned: Plan,
  executor: Executor,
  sink: ScheduleSink,
  options: ScheduleOptions,
): Promise<StopReason> {
  const failed = new Set<string>();
  const meter = progressMeter(planned, options.onProgress);
  const ledger = options.ledger ?? timeLedger();
  let plan = planned;
  for (let restart = 0; ; restart += 1) {
    const random = seededRandom(plan.seed, 'restart', restart);
    for (const scenario of shuffle([...plan.scenarios], random)) {
      options.signal.throwIfAborted();
      const arms = scenario.arms.filter(({ id }) => !failed.has(id));
      const own = { ...scenario, arms };
      await runRestart(executor, {
        plan,
        scenario: own,
        restart,
        random,
        failed,
        sink,
        options,
        meter,
        ledger,
      });
    }
    const stop = stopAfter(plan, restart + 1, ledger.spent().totalSeconds, options.isPrecise);
    if (stop !== null) return stop;
    if (isPilot(plan, restart) && !isPilot(plan, restart + 1)) {
      plan = withRounds(plan, options.adviseRounds?.() ?? plan.summary.rounds);
    }
  }
}

interface RestartContext {
  readonly plan: Plan;
  readonly scenario: ScenarioPlan;
  readonly restart: number;
  readonly random: Random;
  readonly failed: Set<string>;
  readonly sink: ScheduleSink;
  readonly options: ScheduleOptions;
  readonly meter: ReturnType<typeof progressMeter>;
  readonly ledger: TimeLedger;
}

async function runRestart(executor: Executor, context: RestartContext): Promise<void> {
  const { plan, scenario, restart, random, meter, ledger } = context;
  meter.starting(scenario, restart);
  const opening = executor.openRestart({
    restart,
    scenario: scenario.scenario,
    arms: shuffle([...scenario.arms], random),
    envPaddingBytes: Math.floor(random() * mostPaddingBytes),
    seed: Math.floor(random() * 2 ** 31),
  });
  const session = await ledger.of('start', opening);
  try {
    note(context, session.started);
    await ledger.of('proof', proveAll(session, context, 'before-load'));
    if (plan.summary.proveOnly) return;
    for (const step of stepsOfScenario(scenario, plan.steps)) {
      for (let round = 0; round < step.rounds; round += 1) await runRound(session, context, round, step);
    }
    await ledger.of('proof', proveAll(session, context, 'after-load'));
  } finally {
    await ledger.of('stop', Promise.resolve(session[Symbol.asyncDispose]()));
  }
}

async function proveAll(session: Session, context: RestartContext, phase: 'before-load' | 'after-load') {
  for (const arm of livingArms(context)) {
    context.options.signal.throwIfAborted();
    const about = { schema: 'filterbench/evidence@1', arm: arm.id, restart: context.restart } as const;
    const evidence = await orProblem(session.prove(arm.id, phase), (problem): Evidence[] => [
      {
        ...about,
        kind: 'proof',
        phase,
        case: 'all',
        route: 'probe',
        passed: false,
        problem,
        request: null,
        observed: null,
      },
    ]);
    note(context, evidence);
  }
}

async function runRound(
  session: Session,
  context: RestartContext,
  round: number,
  { load, windowMs, purpose }: Step,
): Promise<void> {
  const { restart, random, sink, options, meter, ledger } = context;
  const turns: Turn[] = orderOfRound(livingArms(context), windowMs, random);
  const seed = Math.floor(random() * 2 ** 31);
  for (const { arm, block } of turns) {
    options.signal.throwIfAborted();
    if (context.failed.has(arm)) continue;
    const slice = session.run({ arm, restart, round, block, load, purpose, windowMs, seed });
    const sample = await ledger.of(
      purpose === 'measure' ? 'slice' : 'warmUp',
      orProblem(slice, (problem) => problem),
    );
    if (typeof sample !== 'string') {
      sink.sample(sample);
      if (purpose === 'measure') ledger.window(sample.windowNs);
    }
    const problem = typeof sample === 'string' ? sample : wrongAnswers(sample);
    if (problem !== null) {
      const about = { schema: 'filterbench/evidence@1', arm, restart, purpose, round } as const;
      note(context, [{ ...about, kind: 'load', passed: false, problem }]);
    }
  }
  meter.roundDone(context.scenario, restart);
}

function livingArms({ scenario, failed }: RestartContext): ArmIdentity[] {
  return scenario.arms.filter(({ id }) => !failed.has(id));
}

// An arm that fails is an outcome; the others go on.
async function orProblem<T, U>(work: Promise<T>, outcome: (problem: string) => U): Promise<T | U> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof FailedError) return outcome(error.message);
    throw error;
  }
}

function wrongAnswers({ bad, served, badExample }: Sample): string | null {
  return bad === 0 ? null : `${bad} wrong beside ${served} answers: ${badExample}`;
}

function note({ scenario, failed, sink }: RestartContext, evidence: readonly Evidence[]): void {
  for (const item of evidence) sink.evidence(item);
  for (const item of evidence) {
    if (item.passed) continue;
    failed.add(item.arm);
    const arm = scenario.arms.find(({ id }) => id === item.arm);
    if (arm && isReference(arm)) {
      throw new FailedError(
        `the baseline of ${scenario.scenario} fails, so nothing can be compared with it: ${item.problem}`,
        'see evidence.ndjson in the run folder',
      );
    }
  }
}
