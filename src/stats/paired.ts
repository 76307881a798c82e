import { mean } from 'simple-statistics';

/** What a slice took, and what it did for that. */
export interface SliceCost {
  readonly envoyNs: number;
  readonly serverNs: number | null;
  readonly requests: number;
  readonly windowNs: number;
}

/** Where a slice stood in its restart. */
export interface SlicePlace {
  readonly round: number;
  readonly block: number;
}

/** Which CPU of a slice is meant: Envoy's, the external server's, or both. */
export type CpuPart = 'envoy' | 'server' | 'total';

/** CPU of one slice's window, in ns. */
export function cpuNs(slice: Pick<SliceCost, 'envoyNs' | 'serverNs'>, part: CpuPart): number {
  const server = slice.serverNs ?? 0;
  if (part === 'envoy') return slice.envoyNs;
  return part === 'server' ? server : slice.envoyNs + server;
}

/** Σ CPU / Σ requests over slices, in µs: a mean, for a median would hide garbage collection (method). */
export function costUs(slices: readonly SliceCost[], part: CpuPart): number {
  let ns = 0;
  let requests = 0;
  for (const slice of slices) {
    ns += cpuNs(slice, part);
    requests += slice.requests;
  }
  return ns / requests / 1_000;
}

/** Σ requests / Σ window over slices, per second. */
export function throughputRps(slices: readonly SliceCost[]): number {
  let requests = 0;
  let ns = 0;
  for (const slice of slices) {
    requests += slice.requests;
    ns += slice.windowNs;
  }
  return (requests / ns) * 1e9;
}

/** A slice of one arm with the slice of the other that it is judged against. */
export interface Pair<S = SliceCost> {
  readonly arm: S;
  readonly other: S;
}

/**
 * Pairs slices of two arms within one restart: with the baseline in the same block, with any other arm in the same round.
 */
export function pairSlices<S extends SlicePlace>(
  arm: readonly S[],
  other: readonly S[],
  within: 'block' | 'round',
): Pair<S>[] {
  const key = ({ round, block }: SlicePlace) => (within === 'block' ? `${round}/${block}` : `${round}`);
  const others = new Map(other.map((slice) => [key(slice), slice]));
  return arm.flatMap((slice) => {
    const partner = others.get(key(slice));
    return partner ? [{ arm: slice, other: partner }] : [];
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
