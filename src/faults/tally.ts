import type { FaultTally } from '../results/schema/index.js';
import type { Exchange } from './steady-load.js';

/** Exchanges in groups that went alike, in order of their first; `zeroMs` is when the fault came. */
export function tallied(exchanges: readonly Exchange[], zeroMs: number): FaultTally[] {
  const groups = new Map<string, FaultTally>();
  for (const { listener, worker, effect, got, dueMs, endMs } of exchanges) {
    const key = JSON.stringify([listener, worker, effect, got]);
    const atMs = whole(dueMs - zeroMs);
    const tookMs = whole(endMs - dueMs);
    const before = groups.get(key);
    groups.set(key, {
      ...(before ?? { listener, worker, effect, got, firstMs: atMs }),
      requests: (before?.requests ?? 0) + 1,
      lastMs: atMs,
      slowestMs: Math.max(before?.slowestMs ?? 0, tookMs),
    });
  }
  return [...groups.values()];
}

/** Fractions of a millisecond say nothing here. */
export function whole(ms: number): number {
  // Not -0, which JSON does not know.
  return Math.round(ms) + 0;
}
