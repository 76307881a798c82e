import { judgeArm } from '../results/analyse/arm-status.js';
import type { ArmIdentity, Evidence, Sample } from '../results/schema/index.js';
import { sliceTable, totalsOf } from '../results/slices/index.js';
import type { ArmUnderTest } from '../session/prove-arm.js';
import { readingOfEnvoy, readingOfServer } from './readings.js';
import { noSamples, type ProcessSamples, type Reading } from './stacks.js';
import { readSwitches, type Switches } from './switches.js';

/** A living process of an arm, and what was seen of it. */
export interface SampledProcess {
  readonly process: 'envoy' | 'server';
  readonly pid: number;
  readonly reading: Reading;
  readonly stacks: ProcessSamples;
  /** While it was sampled. */
  switches: Switches | null;
  /** Calls a request, by name; null where they were not asked for. */
  syscalls: Readonly<Record<string, number>> | null;
}

/** An arm that is to be profiled: its evidence decides whether it counts, as in a benchmark. */
export interface Attempt {
  readonly arm: ArmIdentity;
  /** Null where it did not start. */
  readonly subject: ArmUnderTest | null;
  readonly processes: readonly SampledProcess[];
  readonly evidence: Evidence[];
  /** The slices that were sampled. */
  readonly samples: Sample[];
  /** Growth of Envoy's counters while it was sampled. */
  counters: ReadonlyMap<string, number>;
}

export type LivingAttempt = Attempt & { readonly subject: ArmUnderTest };

/** An arm as it was started. */
export function attemptOf(
  arm: ArmIdentity,
  subject: ArmUnderTest | undefined,
  started: readonly Evidence[],
): Attempt {
  return {
    arm,
    subject: subject ?? null,
    processes: subject ? processesOf(arm, subject) : [],
    evidence: started.filter((evidence) => evidence.arm === arm.id),
    samples: [],
    counters: new Map(),
  };
}

/** Whether nothing speaks against it so far, so that it can be loaded. */
export function isWell(attempt: Attempt): attempt is LivingAttempt {
  return attempt.subject !== null && attempt.evidence.every(({ passed }) => passed);
}

/** What becomes of it in the end. */
export function verdictOf({ evidence, samples }: Attempt): ReturnType<typeof judgeArm> {
  return judgeArm(evidence, totalsOf(sliceTable(samples).cells));
}

function processesOf(arm: ArmIdentity, { running: { envoy, server } }: ArmUnderTest): SampledProcess[] {
  const process = (name: SampledProcess['process'], pid: number, reading: Reading): SampledProcess => ({
    process: name,
    pid,
    reading,
    stacks: noSamples(),
    switches: null,
    syscalls: null,
  });
  return [
    ...seen(envoy.workload.pid, (pid) => process('envoy', pid, readingOfEnvoy(arm.mechanism))),
    ...(server
      ? seen(server.pid, (pid) => process('server', pid, readingOfServer(server.spec.program)))
      : []),
  ];
}

// A sampler only sees processes of this machine.
function seen<T>(pid: number | null, of: (pid: number) => T): T[] {
  return pid === null ? [] : [of(pid)];
}

/**
 * Takes down what an arm's processes and counters do from now on.
 * @returns what ends it, and stores the growth in the attempt.
 * @throws FailedError where its Envoy does not answer.
 */
export async function beginCounting(attempt: LivingAttempt): Promise<() => Promise<void>> {
  const { envoy } = attempt.subject.running;
  const countersBefore = await envoy.counters();
  const before = new Map(attempt.processes.map((process) => [process, readSwitches(process.pid)]));
  return async () => {
    for (const process of attempt.processes)
      process.switches = growth(before.get(process) ?? null, readSwitches(process.pid));
    const after = [...(await envoy.counters())];
    attempt.counters = new Map(after.map(([name, value]) => [name, value - (countersBefore.get(name) ?? 0)]));
  };
}

function growth(before: Switches | null, after: Switches | null): Switches | null {
  if (!before || !after) return null;
  return { voluntary: after.voluntary - before.voluntary, forced: after.forced - before.forced };
}
