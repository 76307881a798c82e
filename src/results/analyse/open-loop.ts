import { type OpenLoopEvidence, poolEvidence, whyUnsustained } from '../../load/open-loop/verdict.js';
import type { ArmIdentity, Arrivals, OpenLoopResult } from '../schema/index.js';
import type { Slice } from '../slices/index.js';
import { costDifference, costEstimate, type EstimateOptions, throughputEstimate } from './estimates.js';
import type { SampleIndex, SlicesByRestart } from './group.js';
import { pooledPercentileDifference, pooledPercentileEstimate } from './pooled.js';

/** What an arm did at each fixed rate; `baseline` is null for the baseline itself. */
export function openLoopOf(
  arm: ArmIdentity,
  baseline: ArmIdentity | null,
  rates: readonly number[],
  index: SampleIndex,
  options: EstimateOptions,
): OpenLoopResult[] {
  return rates.flatMap((rps): OpenLoopResult[] => {
    const slices = index.of(arm.id, `open ${rps}`);
    const achievedRps = throughputEstimate(slices, options);
    if (!achievedRps) return [];
    const reason = missedRate([...slices.values()].flat(), rps);
    const about = { rps, achievedRps, sustained: reason === null, reason };
    if (reason !== null) return [{ ...about, ...withoutNumbers }];
    const [p50Us, p90Us, p99Us, p999Us] = [50, 90, 99, 99.9].map((percentile) =>
      pooledPercentileEstimate(slices, percentile, options),
    );
    return [
      {
        ...about,
        p50Us: p50Us ?? null,
        p90Us: p90Us ?? null,
        p99Us: p99Us ?? null,
        p999Us: p999Us ?? null,
        totalCpuUs: costEstimate(slices, 'total', options),
        overhead: baseline && overheadAt(rps, slices, index.of(baseline.id, `open ${rps}`), options),
      },
    ];
  });
}

const withoutNumbers = {
  p50Us: null,
  p90Us: null,
  p99Us: null,
  p999Us: null,
  totalCpuUs: null,
  overhead: null,
};

function overheadAt(rps: number, arm: SlicesByRestart, other: SlicesByRestart, options: EstimateOptions) {
  if (missedRate([...other.values()].flat(), rps) !== null) return null;
  const paired = { arm, other, within: 'block' as const };
  const totalCpuUs = costDifference(paired, 'total', options);
  return totalCpuUs && { totalCpuUs, p50Us: pooledPercentileDifference(paired, 50, options) };
}

/** Why the slices of an open loop missed their rate; null where they had it. */
function missedRate(slices: readonly Slice[], rps: number): string | null {
  const pooled = poolEvidence(slices.flatMap(({ arrivals }) => (arrivals ? [evidenceOf(arrivals)] : [])));
  switch (whyUnsustained(pooled, rps)) {
    case null:
      return null;
    case 'generator':
      return `the generator itself sent ${Math.round(pooled.sendLagUs.mean)} µs late on average`;
    case 'target': {
      const { offered, answeredInTime, backlog } = pooled;
      const left = offered - answeredInTime;
      return `of ${offered} requests that were due ${left} got no right answer in time, and ${backlog.close - backlog.open} more piled up`;
    }
  }
}

function evidenceOf({
  offered,
  answered,
  backlogAtOpen,
  backlogAtClose,
  ...lag
}: Arrivals): OpenLoopEvidence {
  return {
    offered,
    answeredInTime: answered,
    backlog: { open: backlogAtOpen, close: backlogAtClose },
    sendLagUs: { mean: lag.meanSendLagUs, max: lag.maxSendLagUs, count: lag.sendLagCount },
  };
}
