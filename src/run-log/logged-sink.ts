import type { Evidence, Sample } from '../results/schema/index.js';
import type { ScheduleSink } from '../schedule/restart.js';
import type { RunLog } from './run-log.js';

/** Where samples and evidence go, which notes the main of each. */
export function loggedSink(sink: ScheduleSink, log: RunLog): ScheduleSink {
  return {
    sample(sample) {
      log.note('slice', mainOf(sample));
      sink.sample(sample);
    },
    evidence(item) {
      log.note('evidence', main(item));
      sink.evidence(item);
    },
  };
}

/** What is looked at first, where a slice is odd; all of it is in samples.ndjson. */
function mainOf(sample: Sample): Record<string, unknown> {
  const { arm, restart, round, block, purpose, load, requests, bad, badExample, arrivals } = sample;
  const cpuUs = (ns: number | null) =>
    ns === null || requests === 0 ? null : Math.round(ns / requests / 10) / 100;
  return {
    ...{ arm, restart, round, block, purpose, load, requests, bad, badExample },
    windowMs: Math.round(sample.windowNs / 1e6),
    envoyCpuUs: cpuUs(sample.envoyNs),
    serverCpuUs: cpuUs(sample.serverNs),
    ...{ workerBusy: sample.workerBusy, generatorBusy: sample.generatorBusy },
    stealMs: Math.round(sample.stealNs / 1e5) / 10,
    othersMs: Math.round(sample.othersNs / 1e5) / 10,
    ...(arrivals && { offered: arrivals.offered, answered: arrivals.answered }),
  };
}

// What was sent and seen, outputs and configurations are in evidence.ndjson.
function main(item: Evidence): Record<string, unknown> {
  const { kind, arm, restart, passed, problem } = item;
  const where =
    item.kind === 'proof'
      ? { phase: item.phase, case: item.case, route: item.route }
      : item.kind === 'restart-done'
        ? { seconds: item.seconds }
        : {};
  return { kind, arm, restart, ...where, passed, problem };
}
