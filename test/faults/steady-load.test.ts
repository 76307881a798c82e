import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Answer, Lane } from '../../src/faults/lane.js';
import { steadyLoad } from '../../src/faults/steady-load.js';
import { tallied } from '../../src/faults/tally.js';

function lane(got: (timeoutMs: number) => Promise<Omit<Answer, 'worker'>>, worker: number | null = 0): Lane {
  const ask = async (timeoutMs: number) => ({ ...(await got(timeoutMs)), worker });
  return { listener: 'filter', worker: () => worker, ask, close: () => undefined };
}

const right = { effect: 'right', got: '200' } as const;
const soon = async () => right;
const never = async (timeoutMs: number) => {
  await sleep(timeoutMs);
  return { effect: 'failed', got: 'timeout' } as const;
};

async function loadFor(ms: number, lanes: readonly Lane[]) {
  const stop = new AbortController();
  const loading = steadyLoad(lanes, { rps: 200, timeoutMs: 50 }, stop.signal);
  await sleep(ms);
  stop.abort();
  return loading;
}

describe('the steady load', () => {
  it('is due evenly, in turn, whatever becomes of a lane', async () => {
    const exchanges = await loadFor(300, [lane(soon, 0), lane(never, 1)]);
    expect(exchanges.length).toBeGreaterThan(2);
    for (const [index, { dueMs, worker, effect }] of exchanges.entries()) {
      expect(dueMs - exchanges[0]!.dueMs).toBeCloseTo(index * 5, 6);
      expect([worker, effect]).toEqual(index % 2 === 0 ? [0, 'right'] : [1, 'failed']);
    }
  });

  it('waits for all that was due, and no longer', async () => {
    const exchanges = await loadFor(60, [lane(never)]);
    expect(exchanges.length).toBeGreaterThan(0);
    expect(exchanges.every(({ got, endMs, dueMs }) => got === 'timeout' && endMs > dueMs)).toBe(true);
  });
});

describe('a tally', () => {
  const exchange = { listener: 'filter', worker: 0, ...right } as const;
  const asked = { ...exchange, askedMs: 0 };

  it('puts together what went alike, with times from the fault', () => {
    const tallies = tallied(
      [
        { ...asked, dueMs: 1_000, endMs: 1_002 },
        { ...asked, dueMs: 1_010, endMs: 1_050, effect: 'failed', got: '503' },
        { ...asked, dueMs: 1_020, endMs: 1_030 },
        { ...asked, dueMs: 1_030, endMs: 1_031, worker: null },
      ],
      1_005,
    );
    expect(tallies).toEqual([
      { ...exchange, requests: 2, firstMs: -5, lastMs: 15, slowestMs: 10 },
      { ...exchange, effect: 'failed', got: '503', requests: 1, firstMs: 5, lastMs: 5, slowestMs: 40 },
      { ...exchange, worker: null, requests: 1, firstMs: 25, lastMs: 25, slowestMs: 1 },
    ]);
  });
});
