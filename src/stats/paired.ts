import { mean } from 'simple-statistics';
import type { Sample } from '../results/schema/index.js';

/** Which CPU of a slice is meant: Envoy's, the external server's, or both. */
export type CpuPart = 'envoy' | 'server' | 'total';

/** CPU of one slice's window, in ns. */
export function cpuNs(sample: Sample, part: CpuPart): number {
  const server = sample.serverNs ?? 0;
  if (part === 'envoy') return sample.envoyNs;
  return part === 'server' ? server : sample.envoyNs + server;
}

/** Σ CPU / Σ requests over slices, in µs: a mean, for a median would hide garbage collection (method). */
export function costUs(samples: readonly Sample[], part: CpuPart): number {
  let ns = 0;
  let requests = 0;
  for (const sample of samples) {
    ns += cpuNs(sample, part);
    requests += sample.requests;
  }
  return ns / requests / 1_000;
}

/** Σ requests / Σ window over slices, per second. */
export function throughputRps(samples: readonly Sample[]): number {
  let requests = 0;
  let ns = 0;
  for (const sample of samples) {
    requests += sample.requests;
    ns += sample.windowNs;
  }
  return (requests / ns) * 1e9;
}

/** A slice of one arm with the slice of the other that it is judged against. */
export interface Pair {
  readonly arm: Sample;
  readonly other: Sample;
}

/**
 * Pairs slices of two arms within one restart: with the baseline in the same block, with any other arm in the same round.
 */
export function pairSlices(
  arm: readonly Sample[],
  other: readonly Sample[],
  within: 'block' | 'round',
): Pair[] {
  const key = ({ round, block }: Sample) => (within === 'block' ? `${round}/${block}` : `${round}`);
  const others = new Map(other.map((sample) => [key(sample), sample]));
  return arm.flatMap((sample) => {
    const partner = others.get(key(sample));
    return partner ? [{ arm: sample, other: partner }] : [];
  });
}

/** The value of one restart: cost of the arm minus cost of the other, over the slices that are paired, in µs. */
export function costDifferenceUs(pairs: readonly Pair[], part: CpuPart): number {
  return (
    costUs(
      pairs.map(({ arm }) => arm),
      part,
    ) -
    costUs(
      pairs.map(({ other }) => other),
      part,
    )
  );
}

/** The value of one restart: mean over pairs of ln(throughput of the arm / of the other). */
export function meanLogThroughputRatio(pairs: readonly Pair[]): number {
  return mean(pairs.map(({ arm, other }) => Math.log(throughputRps([arm]) / throughputRps([other]))));
}
