import { encodeAndDestroy, mergeHistograms } from '../histogram.js';
import { mergeLags } from '../send-lag.js';
import type { SliceOutcome } from '../slice.js';

/**
 * The outcomes of an open loop's shares as one: counts, histograms and the generator's own CPU are added; what was read
 * of Envoy, its server and the machine is the first one's, since all read the same.
 */
export function mergeOutcomes(shares: readonly [SliceOutcome, ...SliceOutcome[]]): SliceOutcome {
  const [first] = shares;
  const sum = (of: (share: SliceOutcome) => number) => shares.reduce((total, share) => total + of(share), 0);
  const lags = shares.flatMap(({ sendLagUs }) => sendLagUs ?? []);
  return {
    ...first,
    requests: sum(({ requests }) => requests),
    bad: sum(({ bad }) => bad),
    badExample: shares.find(({ badExample }) => badExample !== null)?.badExample ?? null,
    served: sum(({ served }) => served),
    aborted: sum(({ aborted }) => aborted),
    generatorNs: sum(({ generatorNs }) => generatorNs),
    spinNs: sum(({ spinNs }) => spinNs),
    generators: sum(({ generators }) => generators),
    eventLoopDelayUs: Math.max(...shares.map(({ eventLoopDelayUs }) => eventLoopDelayUs)),
    offered: sum(({ offered }) => offered ?? 0),
    answeredInTime: sum(({ answeredInTime }) => answeredInTime ?? 0),
    unanswered: sum(({ unanswered }) => unanswered ?? 0),
    backlog: {
      open: sum(({ backlog }) => backlog?.open ?? 0),
      close: sum(({ backlog }) => backlog?.close ?? 0),
    },
    sendLagUs: mergeLags(lags),
    histogram: encodeAndDestroy(mergeHistograms(shares.map(({ histogram }) => histogram))),
  };
}
