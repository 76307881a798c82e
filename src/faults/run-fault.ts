import { randomBytes } from 'node:crypto';
import { withBareFileNames } from '../compat/envoy-log.js';
import { InterruptedError } from '../errors.js';
import type { EvidenceOf } from '../results/schema/index.js';
import { lastLines } from '../runtime/log-tail.js';
import type { OpenNative } from '../runtime/native.js';
import type { PortAllocator } from '../runtime/ports.js';
import { openScratch } from '../runtime/scratch.js';
import type { Runtime } from '../runtime/types.js';
import { type FaultyEnvoy, startFaultyEnvoy } from './envoy.js';
import { type Fault, faultId } from './fault.js';
import { inject, type Seen } from './inject.js';
import { limitGrowth, requireMemory } from './memory-limit.js';
import { startFaultyServer } from './server.js';
import { changedStats } from './stats.js';
import { tallied, whole } from './tally.js';
import { type FaultTimes, steady } from './times.js';
import { watchMemory } from './watch.js';

export type FaultEvidence = EvidenceOf<'fault'>;

/** What all injections share. */
export interface FaultParts {
  readonly envoy: { readonly version: string; readonly path: string; readonly sha256: string };
  readonly openRuntime: OpenNative;
  readonly ports: PortAllocator;
  readonly times: FaultTimes;
  readonly signal: AbortSignal;
}

// What must be left to the machine beside what a fault takes.
const spareMiB = 512;
const keptLogLines = 40;

/**
 * Injects a fault into an Envoy of its own under a steady load, watches who is served, and ends it, by SIGKILL where it must.
 * @returns what was seen; it has not passed where it says nothing, as not all was well before the fault.
 * @throws FailedError where Envoy or the server does not start; LackingError where this Envoy has no such filter; MissingError where
 *   there is too little memory, or it cannot be limited and must be; InterruptedError. Nothing is left in any case.
 */
export async function runFault(fault: Fault, parts: FaultParts): Promise<FaultEvidence> {
  const { envoy, openRuntime, ports, signal } = parts;
  const { strike } = fault;
  await requireMemory(fault.takesMiB + spareMiB);
  using scratch = openScratch(randomBytes(3).toString('hex'));
  await using runtime: Runtime = openRuntime({ scratch, ports });
  await using server =
    strike.kind === 'server'
      ? await startFaultyServer({ scratch, openRuntime, ports, signal }, strike.protocol, strike.path)
      : null;
  const injured = await startFaultyEnvoy(fault, {
    runtime,
    program: envoy.path,
    version: envoy.version,
    workers: steady.workers,
    server: server?.address ?? null,
    signal,
  });
  try {
    return await observe(fault, parts, injured, (limited) =>
      inject({ strike, injured: limited, server, times: parts.times, signal }),
    );
  } catch (error) {
    throw signal.aborted ? new InterruptedError() : error;
  }
}

async function observe(
  fault: Fault,
  { envoy, signal }: FaultParts,
  injured: FaultyEnvoy,
  strike: (injured: FaultyEnvoy) => Promise<Seen>,
): Promise<FaultEvidence> {
  const { workload, counters } = injured.envoy;
  const end: { atMs: number | null } = { atMs: null };
  void workload.exited.then(() => {
    end.atMs = performance.now();
  });
  if (fault.headroomMiB !== undefined) await limitGrowth(workload.pid, fault.headroomMiB);
  const beforeMiB = await workload.pssMiB();
  const statsBefore = await counters();
  const memory = watchMemory(workload);
  const seen = await strike(injured).finally(memory.stop);
  const diedAtMs = end.atMs;
  const afterMiB = diedAtMs === null ? await workload.pssMiB() : null;
  const stats = diedAtMs === null ? changedStats(statsBefore, await counters()) : {};
  await workload.stop();
  const exit = await workload.exited;
  signal.throwIfAborted();
  return {
    ...verdictOn(seen, diedAtMs !== null),
    schema: 'filterbench/evidence@1',
    kind: 'fault',
    arm: `faults/${faultId(fault)}@${envoy.version}`,
    restart: null,
    mechanism: fault.mechanism,
    variant: fault.variant,
    fault: fault.name,
    policy: fault.policy,
    envoy: envoy.version,
    envoySha256: envoy.sha256,
    load: { ...steady, watchedMs: seen.watchedMs, latestMs: latestOf(seen) },
    requests: [...seen.requests],
    liftedMs: seen.liftedMs,
    before: tallied(seen.exchanges.filter(isBefore(seen)), seen.zeroMs),
    after: tallied(
      seen.exchanges.filter((exchange) => !isBefore(seen)(exchange)),
      seen.zeroMs,
    ),
    fresh: [...seen.fresh],
    diedMs: diedAtMs === null ? null : whole(diedAtMs - seen.zeroMs),
    exit: { ...exit },
    endedBy: diedAtMs !== null ? 'itself' : exit.signal === 'SIGKILL' ? 'killed' : 'told',
    memory: { beforeMiB, peakMiB: memory.peakMiB(), afterMiB, headroomMiB: fault.headroomMiB ?? null },
    stats,
    config: injured.config,
    log: withBareFileNames(lastLines(workload.logTail(), keptLogLines)),
  };
}

// One that was due before may still be on its way when the fault comes: it is one of those that it hits.
function isBefore({ zeroMs }: Seen) {
  return ({ endMs }: { readonly endMs: number }) => endMs < zeroMs;
}

function verdictOn(seen: Seen, died: boolean): { passed: boolean; problem: string | null } {
  const before = seen.exchanges.filter(isBefore(seen));
  const wrong = before.find(({ effect }) => effect !== 'right');
  if (before.length === 0) return { passed: false, problem: 'no request was answered before the fault' };
  if (wrong)
    return { passed: false, problem: `a request before the fault was ${wrong.effect} (${wrong.got})` };
  const latestMs = latestOf(seen);
  // Where Envoy ended by itself it did, however late we asked.
  if (died || latestMs <= steady.timeoutMs) return { passed: true, problem: null };
  return { passed: false, problem: `this machine was too busy: a request was sent ${latestMs} ms late` };
}

function latestOf({ exchanges }: Seen): number {
  return whole(Math.max(0, ...exchanges.map(({ askedMs, dueMs }) => askedMs - dueMs)));
}
