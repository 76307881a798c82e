import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfigBase } from '../envoy/config.js';
import { FailedError } from '../errors.js';
import type { ArmIdentity, Evidence, Placement } from '../results/schema/index.js';
import { NotReadyError } from '../runtime/become-ready.js';
import type { OpenNative } from '../runtime/native.js';
import type { PortAllocator } from '../runtime/ports.js';
import { openScratch } from '../runtime/scratch.js';
import type { ExitInfo, RunningWorkload, Runtime } from '../runtime/types.js';
import type { Scenario } from '../scenarios/load.js';
import { drawMix } from '../scenarios/mix.js';
import { usesUpstream } from '../scenarios/scenario.js';
import { seededRandom } from '../schedule/random.js';
import { type ArmContext, type RunningArm, startArm } from '../session/arm.js';
import { proveArm } from '../session/prove-arm.js';
import { startEcho, startSink } from '../session/server.js';
import type { Attempt } from './outcome.js';
import type { Subject } from './subject.js';

/** An Envoy to try things on. */
export interface EnvoyToTry {
  /** Tells it from all others that are tried. */
  readonly label: string;
  readonly version: string;
  readonly path: string;
  readonly sha256: string;
}

/** What all attempts share. */
export interface AttemptParts {
  readonly base: ConfigBase;
  readonly openRuntime: OpenNative;
  readonly ports: PortAllocator;
  readonly signal: AbortSignal;
}

/** An attempt, the proofs that it passed or failed, and how long it took to get ready. */
export interface Attempted extends Attempt {
  readonly startMs: number | null;
  readonly proofs: readonly Evidence[];
}

// Nothing is measured here: where things run does not matter.
export const anywhere: Placement = {
  envoyCpus: [],
  serverCpus: [],
  generatorCpus: [],
  upstreamCpus: [],
  serverSharesEnvoy: false,
  pinned: false,
};

// A healthy one takes some seconds; each case that hangs gives up after 3 s, and the first failure ends the proof.
const deadlineMs = 60_000;
// A process that a signal ends prints a backtrace first, while its connections still stand.
const dyingMs = 2_500;
// A filter may also end it once a request is over.
const afterwardsMs = 100;

/** What is the same in every start of a subject in a scenario. */
export function contextOf(
  { base }: Pick<AttemptParts, 'base'>,
  envoy: Pick<EnvoyToTry, 'version' | 'path'>,
  scenario: Scenario,
  addresses: Pick<ArmContext, 'echo' | 'upstream'>,
): Omit<ArmContext, 'runtime' | 'signal'> {
  return { envoy, base, scenario, placement: anywhere, workers: 1, envPadding: '', ...addresses };
}

/** The arm that a subject is started as. */
export function identityOf(
  { id, variant, mechanism }: Subject,
  { label, version }: Pick<EnvoyToTry, 'label' | 'version'>,
  scenario: Scenario,
): ArmIdentity {
  return {
    id: `${scenario.name}/${id}@${label}`,
    mechanism,
    variant: variant?.id ?? 'baseline',
    class: variant?.class ?? 'baseline',
    scenario: scenario.name,
    envoy: version,
    runtime: 'native',
    twinOf: null,
  };
}

/**
 * Starts an Envoy with the subject, in a place of its own, sends it all cases of the scenario, and ends it; whatever it does is
 * an outcome.
 * @throws FailedError where something else than Envoy does not start; InterruptedError.
 */
export async function attempt(
  parts: AttemptParts,
  envoy: EnvoyToTry,
  subject: Subject,
  scenario: Scenario,
): Promise<Attempted> {
  using scratch = openScratch(randomBytes(3).toString('hex'));
  await using runtime: Runtime = parts.openRuntime({ scratch, ports: parts.ports });
  const { signal } = parts;
  const around = { runtime, placement: anywhere, signal };
  const echo = await startEcho(around);
  const upstream = usesUpstream(scenario) ? await startSink(around, scenario) : null;
  const addresses = {
    echo: echo.peerAddress('listen'),
    upstream: upstream?.peerAddress('listen') ?? null,
  };
  const context = { ...contextOf(parts, envoy, scenario, addresses), runtime, signal };
  const arm = identityOf(subject, envoy, scenario);
  let running: RunningArm;
  try {
    running = await startArm(context, arm, subject.variant);
  } catch (error) {
    if (!(error instanceof NotReadyError) || error.role !== 'envoy') throw error;
    const { exit, log } = error;
    return { moment: 'start', exit, failed: null, log: ours(log), startMs: null, proofs: [] };
  }
  const { proofs, failed } = await prove({ running, upstream, echo, arm, subject, scenario }, signal);
  return { ...(await endOf(running, failed)), startMs: running.envoy.workload.startMs, proofs };
}

/** @throws FailedError where a port was taken meanwhile: that says nothing of the subject. */
function ours(log: string): string {
  if (!log.includes('Address already in use')) return log;
  throw new FailedError('a port of 127.0.0.1 was taken while Envoy started', 'run the same command again');
}

interface Proving {
  readonly running: RunningArm;
  readonly upstream: RunningWorkload | null;
  readonly echo: RunningWorkload;
  readonly arm: ArmIdentity;
  readonly subject: Subject;
  readonly scenario: Scenario;
}

async function prove(
  { running, upstream, echo, arm, subject, scenario }: Proving,
  signal: AbortSignal,
): Promise<Pick<Attempted, 'proofs' | 'failed'>> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const target = { envoy: running.envoy.listener, echoAdmin: echo.address('admin') };
  const mix = drawMix(scenario, seededRandom(1, 'mix'));
  const { variant } = subject;
  const load = { served: 0, aborted: 0 };
  try {
    const proofs = await proveArm(
      { arm, variant, running, upstream, target, scenario, mix, load },
      0,
      'before-load',
      AbortSignal.any([signal, deadline]),
    );
    const failure = proofs.find(({ passed }) => !passed);
    const failed = failure && { case: caseOf(failure), problem: failure.problem ?? 'it failed' };
    return { proofs, failed: failed ?? null };
  } catch (error) {
    signal.throwIfAborted();
    const problem = deadline.aborted ? `not done after ${deadlineMs / 1_000} s` : String(error);
    return { proofs: [], failed: { case: 'all cases', problem } };
  }
}

function caseOf(evidence: Evidence): string {
  return evidence.kind === 'proof' ? evidence.case : evidence.kind;
}

/** Sees whether it has ended by itself, else ends it. */
async function endOf(running: RunningArm, failed: Attempt['failed']): Promise<Attempt> {
  const { workload } = running.envoy;
  const patience = sleep(failed ? dyingMs : afterwardsMs, null, { ref: false });
  const died: ExitInfo | null = await Promise.race([workload.exited, patience]);
  await running[Symbol.asyncDispose]();
  const exit = died ?? (await workload.exited);
  return { moment: died ? 'request' : 'stop', exit, failed, log: workload.logTail() };
}
