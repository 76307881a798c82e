import { FailedError } from '../errors.js';
import type { Generator } from '../load/generator/process.js';
import type { Sample } from '../results/schema/index.js';
import type { SliceSpec } from '../schedule/executor.js';
import { leadMs } from '../schedule/plan.js';
import type { ArmUnderTest } from './prove-arm.js';

/** Drives one slice on a living arm, and keeps count of the load that it has had. */
export async function runSlice(
  subject: ArmUnderTest,
  slice: SliceSpec,
  { generator, workers }: { generator: Generator; workers: number },
): Promise<Sample> {
  const { running, target, wire, load } = subject;
  if (!wire)
    throw new FailedError(`${slice.arm} is loaded before it is proven`, 'this is a defect in filterbench');
  if (slice.load.loop !== 'closed') throw new FailedError('only closed loops are driven', 'this is a defect');
  const outcome = await generator.run({
    loop: 'closed',
    target: target.envoy,
    connections: slice.load.connections,
    requests: wire,
    leadMs,
    windowMs: slice.windowMs,
    cpu: { envoy: running.envoy.workload.cpu, server: running.server?.cpu ?? null, upstream: null },
  });
  subject.load = { served: load.served + outcome.served, aborted: load.aborted + outcome.aborted };
  const { machineBusyNs, generatorNs, windowNs } = outcome;
  const ours = outcome.envoyNs + (outcome.serverNs ?? 0) + (outcome.upstreamNs ?? 0) + generatorNs;
  return {
    schema: 'filterbench/sample@1',
    arm: slice.arm,
    restart: slice.restart,
    round: slice.round,
    block: slice.block,
    load: slice.load,
    startNs: outcome.startNs,
    windowNs,
    requests: outcome.requests,
    bad: outcome.bad,
    badExample: outcome.badExample,
    served: outcome.served,
    aborted: outcome.aborted,
    envoyNs: outcome.envoyNs,
    serverNs: outcome.serverNs,
    upstreamNs: outcome.upstreamNs,
    stealNs: outcome.stealNs,
    eventLoopDelayUs: outcome.eventLoopDelayUs,
    histogram: outcome.histogram,
    // The machine's count goes in ticks, so the rest of it can come out a little below zero.
    othersNs: Math.max(0, machineBusyNs - ours),
    generatorBusy: share(generatorNs, windowNs),
    workerBusy: share(outcome.envoyNs, windowNs * workers),
  };
}

function share(partNs: number, wholeNs: number): number {
  return wholeNs === 0 ? 0 : Math.round((partNs / wholeNs) * 1e4) / 1e4;
}
