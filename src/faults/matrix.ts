import type { Evidence, EvidenceOf, FaultTally } from '../results/schema/index.js';
import { harmsNeighbours, type Radius, radii, radiusOf, recoveryOf } from './radius.js';

/** What is known of a mechanism's fault under a policy, from one injection or several. */
export interface IsolationRow {
  readonly mechanism: string;
  readonly variant: string;
  readonly fault: string;
  readonly policy: string | null;
  readonly envoy: string;
  /** How many injections it rests on; those that did not come about do not count. */
  readonly injections: number;
  /** The widest seen. */
  readonly radius: Radius;
  /** How far requests got through that the filter had not seen. */
  readonly unfiltered: Radius;
  readonly harmsNeighbours: boolean;
  /** Whether all was well again each time; null where there never was anything to recover from. */
  readonly recovered: boolean | null;
  /** The longest; null where there was none, or not always one. */
  readonly recoveryMs: number | null;
  /** The most requests of other clients that were harmed in one injection. */
  readonly harmed: number;
  /** The longest that another client waited for a right answer. */
  readonly slowestMs: number;
  /** How much more memory Envoy held in the end, at most; null where it never lived to it. Its share of what several Envoys hold wavers. */
  readonly grewMiB: number | null;
  /** How the process ended, where it did by itself. */
  readonly died: string | null;
}

/** Mechanisms by faults by policies: how far each reached, in the order of the evidence. */
export function isolationMatrix(evidence: readonly Evidence[]): IsolationRow[] {
  const groups = new Map<string, EvidenceOf<'fault'>[]>();
  for (const item of evidence) {
    if (item.kind !== 'fault' || !item.passed) continue;
    const key = JSON.stringify([item.variant, item.fault, item.policy, item.envoy]);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()].flatMap((seen) => {
    const [first] = seen;
    return first ? [rowOf(first, seen)] : [];
  });
}

function rowOf(first: EvidenceOf<'fault'>, seen: readonly EvidenceOf<'fault'>[]): IsolationRow {
  const { mechanism, variant, fault, policy, envoy } = first;
  const recoveries = seen.map(recoveryOf).filter(({ recovered }) => recovered !== null);
  const recovered = recoveries.length === 0 ? null : recoveries.every((one) => one.recovered);
  const death = seen.find(({ diedMs }) => diedMs !== null);
  return {
    mechanism,
    variant,
    fault,
    policy,
    envoy,
    injections: seen.length,
    radius: widest(seen.map((one) => radiusOf(one, 'failed'))),
    unfiltered: widest(seen.map((one) => radiusOf(one, 'unfiltered'))),
    harmsNeighbours: seen.some(harmsNeighbours),
    recovered,
    recoveryMs: recovered ? Math.max(...recoveries.map(({ ms }) => ms ?? 0)) : null,
    harmed: Math.max(...seen.map(harmedRequests)),
    slowestMs: Math.max(...seen.flatMap(({ after }) => after.filter(isRight).map((one) => one.slowestMs)), 0),
    grewMiB: most(seen.map(growthMiB)),
    died: death ? (death.exit.signal ?? `exit ${death.exit.code}`) : null,
  };
}

function widest(seen: readonly Radius[]): Radius {
  return seen.reduce((most, each) => (radii.indexOf(each) > radii.indexOf(most) ? each : most), 'none');
}

function harmedRequests({ after }: EvidenceOf<'fault'>): number {
  return after.filter((one) => !isRight(one)).reduce((sum, { requests }) => sum + requests, 0);
}

function isRight({ effect }: FaultTally): boolean {
  return effect === 'right';
}

function growthMiB({ memory: { beforeMiB, afterMiB } }: EvidenceOf<'fault'>): number | null {
  return beforeMiB === null || afterMiB === null ? null : afterMiB - beforeMiB;
}

function most(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}
