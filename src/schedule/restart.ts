import { shuffle } from 'simple-statistics';
import { FailedError } from '../errors.js';
import { type ArmIdentity, type Evidence, isReference, type Sample } from '../results/schema/index.js';
import { driveSlice } from './drive-slice.js';
import type { Executor, ProofPhase, Session } from './executor.js';
import type { Plan, ScenarioPlan } from './plan.js';
import type { ProgressMeter } from './progress.js';
import type { Random } from './random.js';
import { orderOfRound, type Turn } from './rounds.js';
import { type Step, stepsOfRestart } from './steps.js';
import type { TimeLedger } from './time-spent.js';

/** Where samples and evidence go, as they happen. */
export interface ScheduleSink {
  sample(sample: Sample): void;
  evidence(evidence: Evidence): void;
}

// Enough to move the stack by whole pages (Mytkowicz et al. 2009 varied it up to 4 KiB).
const mostPaddingBytes = 4_096;

/** What one restart of a scenario works with. */
export interface RestartContext {
  readonly plan: Plan;
  /** With those of its arms that have not failed. */
  readonly scenario: ScenarioPlan;
  readonly restart: number;
  readonly random: Random;
  /** Ids of arms that failed; it grows. */
  readonly failed: Set<string>;
  readonly sink: ScheduleSink;
  readonly signal: AbortSignal;
  readonly meter: ProgressMeter;
  readonly ledger: TimeLedger;
}

/** Starts all arms of a scenario afresh, proves them, loads them round by round, and proves them again. */
export async function runRestart(executor: Executor, context: RestartContext): Promise<void> {
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
    meter.proving(scenario, restart);
    await ledger.of('proof', proveAll(session, context, 'before-load'));
    if (!plan.summary.proveOnly) {
      const steps = stepsOfRestart(plan, scenario, restart);
      const rounds = steps.reduce((sum, step) => sum + step.rounds, 0);
      for (const step of steps) {
        for (let round = 0; round < step.rounds; round += 1) {
          meter.roundBegins(scenario, restart, rounds);
          await runRound(session, context, round, step);
        }
      }
      meter.proving(scenario, restart);
      await ledger.of('proof', proveAll(session, context, 'after-load'));
    }
    if (restart === 0) await ledger.of('proof', probeLimits(session, context));
  } finally {
    await ledger.of('stop', Promise.resolve(session[Symbol.asyncDispose]()));
    meter.restartDone(scenario, restart);
  }
}

async function proveAll(session: Session, context: RestartContext, phase: ProofPhase): Promise<void> {
  // All of them end before the session does: its end would look like a failure of those that are still at work.
  const proofs = await Promise.allSettled(
    livingArms(context).map((arm) => proveOne(session, context, arm, phase)),
  );
  const failed = proofs.find((proof) => proof.status === 'rejected');
  if (failed) throw failed.reason;
}

async function proveOne(
  session: Session,
  context: RestartContext,
  { id }: ArmIdentity,
  phase: ProofPhase,
): Promise<void> {
  const about = { schema: 'filterbench/evidence@1', arm: id, restart: context.restart } as const;
  const evidence = await orProblem(session.prove(id, phase), (problem): Evidence[] => [
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

// Last of all, as what it finds is no proof, and may spoil what is counted.
async function probeLimits(session: Session, context: RestartContext): Promise<void> {
  for (const { id, twinOf } of livingArms(context)) {
    context.signal.throwIfAborted();
    if (twinOf === null) note(context, await session.probeLimit(id));
  }
}

async function runRound(session: Session, context: RestartContext, round: number, step: Step): Promise<void> {
  const { restart, random, sink, signal, meter, ledger, failed } = context;
  const { load, windowMs, purpose } = step;
  const turns: Turn[] = orderOfRound(livingArms(context), windowMs, random);
  const seed = Math.floor(random() * 2 ** 31);
  for (const { arm, block } of turns) {
    signal.throwIfAborted();
    if (failed.has(arm)) continue;
    const spec = { arm, restart, round, block, load, purpose, windowMs, seed };
    const driving = orProblem(driveSlice(session, spec), (problem) => ({
      evidence: [],
      sample: null,
      problem,
    }));
    const { sample, evidence, problem } = await ledger.of(
      purpose === 'measure' ? 'slice' : 'warmUp',
      driving,
    );
    note(context, evidence);
    if (sample) {
      sink.sample(sample);
      if (purpose === 'measure') ledger.window(sample.windowNs);
    }
    if (problem !== null) {
      const about = { schema: 'filterbench/evidence@1', arm, restart, purpose, round } as const;
      note(context, [{ ...about, kind: 'load', passed: false, problem }]);
    }
  }
  meter.roundDone();
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

function note({ scenario, failed, sink, meter }: RestartContext, evidence: readonly Evidence[]): void {
  for (const item of evidence) sink.evidence(item);
  for (const item of evidence) {
    if (item.passed) continue;
    failed.add(item.arm);
    meter.failed(item);
    const arm = scenario.arms.find(({ id }) => id === item.arm);
    if (arm && isReference(arm)) {
      throw new FailedError(
        `the baseline of ${scenario.scenario} fails, so nothing can be compared with it: ${item.problem}`,
        'see evidence.ndjson in the run folder',
      );
    }
  }
}
