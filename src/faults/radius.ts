import type {
  EvidenceOf,
  FaultEffect,
  FaultFresh,
  FaultListener,
  FaultTally,
} from '../results/schema/index.js';

type FaultEvidence = EvidenceOf<'fault'>;
type Harm = Exclude<FaultEffect, 'right'>;

/**
 * How far a fault reaches: `none`: nobody notices; `request`: only the requests that caused it; `worker`: others on the same worker
 * thread; `filter`: all that goes through the filter, on every worker, while Envoy lives and serves what does not; `process`: everything.
 */
export const radii = ['none', 'request', 'worker', 'filter', 'process'] as const;
export type Radius = (typeof radii)[number];

/**
 * How far a fault reached, from what was seen of it.
 * @param harm `failed`: who was refused or not answered; `unfiltered`: who was served though the filter had not seen the request
 */
export function radiusOf(seen: FaultEvidence, harm: Harm): Radius {
  if (harm === 'failed' && seen.diedMs !== null) return 'process';
  const hit = seen.after.filter(({ effect }) => effect === harm);
  if (hit.length === 0 && !seen.fresh.some((opened) => harmedOf(opened, harm) > 0)) {
    return seen.requests.some(({ effect }) => effect === harm) ? 'request' : 'none';
  }
  const everywhere = (listener: FaultListener) =>
    workersOf(hit.filter((tally) => tally.listener === listener)).size === seen.load.workers;
  if (everywhere('neighbour')) return 'process';
  return everywhere('filter') ? 'filter' : 'worker';
}

/** Whether requests that do not go through the filter were harmed, too. */
export function harmsNeighbours({ diedMs, after, fresh }: FaultEvidence): boolean {
  const isNeighbour = ({ listener }: { listener: FaultListener }) => listener === 'neighbour';
  return (
    diedMs !== null ||
    after.some((tally) => isNeighbour(tally) && tally.effect !== 'right') ||
    fresh.some((opened) => isNeighbour(opened) && opened.right < opened.tried)
  );
}

/** Whether all was well again by itself (a server outside: once it was back), and when. */
export interface Recovery {
  /** Null where nothing had to recover. */
  readonly recovered: boolean | null;
  /** From the fault, or from when it was lifted, to the last request that was harmed; null where it did not recover. */
  readonly ms: number | null;
}

/** What came of it in the end, from what was seen: new connections, asked when all else was over, tell whether all is well. */
export function recoveryOf(seen: FaultEvidence): Recovery {
  if (seen.diedMs !== null) return { recovered: false, ms: null };
  const harmed = seen.after.filter(({ effect }) => effect !== 'right');
  if (harmed.length === 0 && !harmsFresh(seen)) return { recovered: null, ms: null };
  const last = Math.max(0, ...harmed.map(({ lastMs }) => lastMs));
  if (harmsFresh(seen)) return { recovered: false, ms: null };
  return { recovered: true, ms: Math.max(0, last - (seen.liftedMs ?? 0)) };
}

function harmedOf({ tried, right, unfiltered }: FaultFresh, harm: Harm): number {
  return harm === 'unfiltered' ? unfiltered : tried - right - unfiltered;
}

function harmsFresh({ fresh }: FaultEvidence): boolean {
  return fresh.some(({ tried, right }) => right < tried);
}

function workersOf(tallies: readonly FaultTally[]): Set<number> {
  return new Set(tallies.flatMap(({ worker }) => (worker === null ? [] : [worker])));
}
