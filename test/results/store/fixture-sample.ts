import { encodeHistogram, newHistogram } from '../../../src/load/histogram.js';
import type { Sample } from '../../../src/results/schema/index.js';

/** A sample of a whole, unremarkable slice; only what a test is about is given. */
export function sampleOf(more: Partial<Sample> = {}): Sample {
  return {
    schema: 'filterbench/sample@1',
    arm: 'headers/lua@1.40.0',
    restart: 0,
    round: 0,
    block: 0,
    load: { loop: 'closed', connections: 16, workers: 1 },
    purpose: 'measure',
    startNs: 0,
    windowNs: 130_000_000,
    requests: 3_000,
    bad: 0,
    badExample: null,
    served: 3_500,
    aborted: 16,
    envoyNs: 120_000_000,
    serverNs: null,
    upstreamNs: null,
    envoyWaitNs: 0,
    serverWaitNs: null,
    envoySwitches: 0,
    othersNs: 0,
    stealNs: 0,
    generatorBusy: 0.5,
    workerBusy: 0.95,
    eventLoopDelayUs: 1_000,
    arrivals: null,
    histogram: encodeHistogram(newHistogram()),
    ...more,
  };
}
