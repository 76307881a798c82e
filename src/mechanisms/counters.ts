import { olderThan } from '../envoy/version.js';

/** What a counter must show after load. */
export type CounterRule =
  | {
      /** The sum of these counters must have grown by `perRequest` for each request. */
      readonly grows: readonly string[];
      readonly perRequest: number;
      /** The first Envoy version that has them. */
      readonly since?: string;
    }
  | {
      /** These must be zero: not even a proof may have raised them. */ readonly staysZero: readonly string[];
    };

/** Counters by name: Envoy's, and the external server's own under `ext_server.`. */
export type Counters = ReadonlyMap<string, number>;

/** How much load passed between two readings. */
export interface ServedLoad {
  /** Answered requests. */
  readonly served: number;
  /** Requests that were cut off: a counter may or may not have seen them. */
  readonly aborted: number;
}

/** That every arm's Envoy saw the requests that the generator says it sent. */
export const everyArm: readonly CounterRule[] = [
  { grows: ['http.bench.downstream_rq_total'], perRequest: 1 },
];

/**
 * Compares counters with the requests served.
 * @returns what is wrong, a line each; empty where all is well.
 */
export function checkCounters(
  rules: readonly CounterRule[],
  before: Counters,
  after: Counters,
  load: ServedLoad,
  envoyVersion: string,
): string[] {
  const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
  return rules.flatMap((rule): string[] => {
    if ('staysZero' in rule) {
      return rule.staysZero
        .filter((name) => (after.get(name) ?? 0) !== 0)
        .map((name) => `${name} is ${after.get(name)}, expected 0`);
    }
    if (rule.since !== undefined && olderThan(envoyVersion, rule.since)) return [];
    const seen = rule.grows.reduce((sum, name) => sum + grown(name), 0);
    const least = load.served * rule.perRequest;
    const most = (load.served + load.aborted) * rule.perRequest;
    if (seen >= least && seen <= most) return [];
    return [
      `${rule.grows.join(' + ')} grew by ${seen}, expected ${least} to ${most} for ${load.served} requests`,
    ];
  });
}
