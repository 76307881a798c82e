import { FailedError } from '../errors.js';
import type { Generator } from '../load/generator/process.js';
import type { LoadClient, SliceOutcome } from '../load/slice.js';
import type { Placement, Sample } from '../results/schema/index.js';
import type { SliceSpec } from '../schedule/executor.js';
import { leadMs } from '../schedule/time-estimate.js';
import type { ArmUnderTest } from './prove-arm.js';

// Enough that no arm waits for a free connection at the rates of the profiles, however slow it is.
const openLoopConnections = 64;
// How long answers may be late: an arm that needs longer does not sustain the rate. A closed loop with bodies waits as long:
// requests that were cut off would cost the next arm's slice their CPU.
const drainMs = 1_000;

/** Who drives slices, and how. */
export interface SliceOptions {
  readonly generator: Generator;
  readonly workers: number;
  /** Who sends in a closed loop. */
  readonly client: LoadClient;
  readonly placement: Placement;
}

/** Drives one slice on a living arm, and keeps count of the load that it has had. */
export async function runSlice(
  subject: ArmUnderTest,
  slice: SliceSpec,
  { generator, workers, client, placement }: SliceOptions,
): Promise<Sample> {
  const { running, upstream, target, wire, load } = subject;
  if (!wire)
    throw new FailedError(`${slice.arm} is loaded before it is proven`, 'this is a defect in filterbench');
  const about = {
    target: target.envoy,
    requests: wire,
    leadMs,
    windowMs: slice.windowMs,
    cpu: {
      envoy: running.envoy.workload.cpu,
      server: running.server?.cpu ?? null,
      upstream: upstream?.cpu ?? null,
    },
  };
  const outcome = await generator.run(
    slice.load.loop === 'closed'
      ? {
          ...about,
          loop: 'closed',
          client,
          connections: slice.load.connections,
          // On two cores the upstream has the generator's: one that spins would take it away from the answers it waits for.
          ...(upstream && { waiting: 'sleeping', drainMs }),
        }
      : {
          ...about,
          loop: 'open',
          rps: slice.load.rps,
          arrivals: 'poisson',
          connections: openLoopConnections,
          seed: slice.seed,
          drainMs,
        },
  );
  subject.load = { served: load.served + outcome.served, aborted: load.aborted + outcome.aborted };
  const { machineBusyNs, generatorNs, spinNs, windowNs } = outcome;
  const envoyCpu = running.envoy.workload.cpu;
  // Its core is what may be full, whoever fills it.
  const besideGenerator = sharesCore(placement) ? (outcome.upstreamNs ?? 0) : 0;
  const ours = outcome.envoyNs + (outcome.serverNs ?? 0) + (outcome.upstreamNs ?? 0) + generatorNs;
  return {
    schema: 'filterbench/sample@1',
    arm: slice.arm,
    restart: slice.restart,
    round: slice.round,
    block: slice.block,
    load: slice.load,
    purpose: slice.purpose,
    startNs: outcome.startNs,
    windowNs,
    requests: outcome.requests,
    bad: outcome.bad,
    badExample: outcome.badExample,
    served: outcome.served,
    aborted: outcome.aborted,
    envoyNs: outcome.envoyNs,
    ...(envoyCpu.kind !== 'schedstat' && { cpuSource: envoyCpu.kind }),
    serverNs: outcome.serverNs,
    upstreamNs: outcome.upstreamNs,
    envoyWaitNs: outcome.envoyWaitNs,
    serverWaitNs: outcome.serverWaitNs,
    envoySwitches: outcome.envoySwitches,
    stealNs: outcome.stealNs,
    eventLoopDelayUs: outcome.eventLoopDelayUs,
    histogram: outcome.histogram,
    arrivals: arrivalsOf(outcome),
    // The machine's count goes in ticks, so the rest can come out below zero; cut off there, sums would lean upwards.
    othersNs: machineBusyNs - ours,
    generatorBusy: share(generatorNs - spinNs + besideGenerator, windowNs * outcome.generators),
    workerBusy: share(outcome.envoyNs, windowNs * workers),
  };
}

function arrivalsOf({
  offered,
  answeredInTime,
  unanswered,
  backlog,
  sendLagUs,
}: SliceOutcome): Sample['arrivals'] {
  if (offered === null || answeredInTime === null || unanswered === null || !backlog || !sendLagUs)
    return null;
  return {
    offered,
    answered: answeredInTime,
    unanswered,
    backlogAtOpen: backlog.open,
    backlogAtClose: backlog.close,
    meanSendLagUs: sendLagUs.mean,
    maxSendLagUs: sendLagUs.max,
    sendLagCount: sendLagUs.count,
  };
}

function sharesCore({ upstreamCpus, generatorCpus }: Placement): boolean {
  return upstreamCpus.some((cpu) => generatorCpus.includes(cpu));
}

function share(partNs: number, wholeNs: number): number {
  return wholeNs === 0 ? 0 : Math.round((partNs / wholeNs) * 1e4) / 1e4;
}
