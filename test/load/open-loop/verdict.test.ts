import { describe, expect, it } from 'vitest';
import { intendedStarts } from '../../../src/load/open-loop/arrivals.js';
import { dispatcher } from '../../../src/load/open-loop/dispatcher.js';
import { openLedger } from '../../../src/load/open-loop/ledger.js';
import {
  evidenceOf,
  isSustained,
  type OpenLoopEvidence,
  poolEvidence,
  whyUnsustained,
} from '../../../src/load/open-loop/verdict.js';
import type { OpenLoopSlice } from '../../../src/load/slice.js';

const own = { kind: 'schedstat', pid: process.pid } as const;
const slice: OpenLoopSlice = {
  loop: 'open',
  target: { host: '127.0.0.1', port: 1 },
  requests: [],
  arrivals: 'poisson',
  rps: 4_000,
  connections: 64,
  seed: 1,
  leadMs: 40,
  windowMs: 130,
  drainMs: 50,
  cpu: { envoy: own, server: null, upstream: null },
};

/** What a target that serves one at a time gives at this load: answers come `serviceMs` apart, each after `delayMs` more. */
function against(load: OpenLoopSlice, { serviceMs = 0, delayMs = 0.1, lateMs = 0 }): OpenLoopEvidence {
  const intended = intendedStarts(load, { index: 0, of: 1 });
  const ledger = openLedger(intended, { openMs: load.leadMs, closeMs: load.leadMs + load.windowMs });
  const coming: { connection: number; atMs: number }[] = [];
  let freeMs = 0;
  let nowMs = 0;
  const arrivals = dispatcher<number>(intended, ledger, (connection) => {
    freeMs = Math.max(freeMs, nowMs) + serviceMs;
    coming.push({ connection, atMs: freeMs + delayMs });
  });
  for (let connection = 0; connection < load.connections; connection += 1) arrivals.free(connection, 0);
  const endMs = load.leadMs + load.windowMs + load.drainMs;
  for (; nowMs < endMs; nowMs += 0.05) {
    for (let next = coming[0]; next && next.atMs <= nowMs; next = coming[0]) {
      coming.shift();
      const arrival = arrivals.answered(next.connection);
      if (arrival !== undefined) ledger.answered(arrival, next.atMs, true);
      arrivals.free(next.connection, next.atMs);
    }
    arrivals.dispatch(nowMs - lateMs);
  }
  const account = ledger.close(endMs);
  const late = account.sendLagUs.mean + lateMs * 1e3;
  return { ...account, sendLagUs: { ...account.sendLagUs, mean: late } };
}

const seeds = Array.from({ length: 20 }, (_, index) => index);
const capacityOf = (share: number) => ({ serviceMs: 1_000 / (slice.rps * share) });

describe('a rate is sustained', () => {
  it.each([1_000, 2_000, 4_000])('by a target that keeps up with %d a second', (rps) => {
    for (const seed of seeds)
      expect(isSustained(against({ ...slice, rps, seed }, { serviceMs: 0.03 }), rps)).toBe(true);
  });

  it('by one that takes 20 ms an answer, but many at once', () => {
    for (const seed of seeds)
      expect(isSustained(against({ ...slice, seed, connections: 500 }, { delayMs: 20 }), slice.rps)).toBe(
        true,
      );
  });
});

describe('a rate is not sustained', () => {
  it.each([0.3, 0.6, 0.7])(
    'by a target whose capacity is %d of it, though a drain would work it off',
    (share) => {
      for (const seed of seeds)
        expect(whyUnsustained(against({ ...slice, seed }, capacityOf(share)), slice.rps)).toBe('target');
    },
  );

  it.each([0.9, 0.95])('by one that can do %d of it, seen over several slices', (share) => {
    const slices = seeds.map((seed) => against({ ...slice, seed }, capacityOf(share)));
    expect(whyUnsustained(poolEvidence(slices), slice.rps)).toBe('target');
  });

  it('where the generator was late itself', () => {
    expect(whyUnsustained(against(slice, { lateMs: 0.5 }), slice.rps)).toBe('generator');
    // At 20 a second half a millisecond is a hundredth of a gap.
    const slow = { ...slice, rps: 20, windowMs: 5_000 };
    expect(whyUnsustained(against(slow, { lateMs: 0.5 }), 20)).toBe(null);
  });

  it('where nothing was offered, or answers are missing', () => {
    const good = against(slice, {});
    expect(isSustained(good, slice.rps)).toBe(true);
    expect(whyUnsustained({ ...good, offered: 0, answeredInTime: 0 }, slice.rps)).toBe('target');
    const fewer = Math.floor(good.offered * 0.98);
    expect(whyUnsustained({ ...good, answeredInTime: fewer }, slice.rps)).toBe('target');
  });
});

it('a closed loop has no evidence', () => {
  const none = {
    offered: null,
    answeredInTime: null,
    unanswered: null,
    backlog: null,
    sendLagUs: null,
    spinNs: 0,
  };
  expect(evidenceOf(none)).toBeNull();
  const good = against(slice, {});
  const { offered, answeredInTime, backlog, sendLagUs } = good;
  expect(evidenceOf({ ...none, ...good, unanswered: 0 })).toEqual({
    offered,
    answeredInTime,
    backlog,
    sendLagUs,
  });
});
