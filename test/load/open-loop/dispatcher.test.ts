import { describe, expect, it } from 'vitest';
import { dispatcher } from '../../../src/load/open-loop/dispatcher.js';
import { openLedger } from '../../../src/load/open-loop/ledger.js';

/**
 * Drives schedule, queue and account on a clock of the test's own, in steps of `stepMs`.
 * @param answerAt when the answer to a request that is sent at `atMs` comes; Infinity: never
 */
function simulate(
  intended: readonly number[],
  {
    connections = 1,
    stepMs = 1,
    endMs = 200,
    answerAt,
  }: { connections?: number; stepMs?: number; endMs?: number; answerAt: (atMs: number) => number },
) {
  const starts = Float64Array.from(intended);
  const ledger = openLedger(starts, { openMs: 10, closeMs: 110 });
  const sent: number[] = [];
  const coming = new Map<number, number>();
  let nowMs = 0;
  const arrivals = dispatcher<number>(starts, ledger, (connection, arrival) => {
    sent[arrival] = nowMs;
    coming.set(connection, answerAt(nowMs));
  });
  for (let connection = 0; connection < connections; connection += 1) arrivals.free(connection, 0);
  for (; nowMs <= endMs && !arrivals.isDone(); nowMs += stepMs) {
    for (const [connection, dueMs] of coming) {
      if (dueMs > nowMs) continue;
      coming.delete(connection);
      const arrival = arrivals.answered(connection);
      if (arrival !== undefined) ledger.answered(arrival, nowMs, true);
      arrivals.free(connection, nowMs);
    }
    arrivals.dispatch(nowMs);
  }
  const account = ledger.close(endMs);
  return { ...account, sent, onItsWay: arrivals.onItsWay(), maxMs: account.histogram.maxValue / 10_000 };
}

const answersIn = (ms: number) => (atMs: number) => atMs + ms;
const every = (gapMs: number, fromMs: number, toMs: number) =>
  Array.from({ length: (toMs - fromMs) / gapMs }, (_, index) => fromMs + index * gapMs);

describe('an arrival', () => {
  it('is in the account where its intended start lies in the window, wherever its answer does', () => {
    const account = simulate([8, 9, 10, 108, 109], { connections: 9, answerAt: answersIn(5) });
    expect(account).toMatchObject({ offered: 3, answeredInTime: 3, unanswered: 0 });
    expect(account.histogram.totalCount).toBe(3);
    expect(account.backlog).toEqual({ open: 2, close: 2 });
  });

  it('that waits for a connection is timed from its intended start', () => {
    // One connection, 10 ms an answer: the third one due at 20 is sent at 40 and done at 50.
    const { sent, maxMs, sendLagUs } = simulate([20, 20, 20], { answerAt: answersIn(10) });
    expect(sent).toEqual([20, 30, 40]);
    expect(maxMs).toBeCloseTo(30, 1);
    // The wait is the target's doing: the generator was late for none.
    expect(sendLagUs).toEqual({ mean: 0, max: 0, count: 1 });
  });

  it('that the generator sends late is timed from its intended start, and the lag is told', () => {
    const { sent, maxMs, sendLagUs } = simulate([20.5, 27], {
      connections: 2,
      stepMs: 4,
      answerAt: answersIn(4),
    });
    expect(sent).toEqual([24, 28]);
    expect(maxMs).toBeCloseTo(7.5, 1);
    expect(sendLagUs).toEqual({ mean: 2_250, max: 3_500, count: 2 });
  });

  it('without an answer by the end is counted with the time that it had waited', () => {
    const never = simulate([20, 30], { answerAt: () => Number.POSITIVE_INFINITY });
    expect(never).toMatchObject({ offered: 2, answeredInTime: 0, unanswered: 2, onItsWay: 1 });
    expect(never.histogram.totalCount).toBe(2);
    expect(never.maxMs).toBeCloseTo(180, 0);
    expect(never.backlog).toEqual({ open: 0, close: 2 });
  });
});

it('a stall counts for all that came due in it', () => {
  // 40 ms of silence from 30 on: 40 arrivals wait through it, from 40 ms down to 1.
  const stall = (atMs: number) => (atMs >= 30 && atMs < 70 ? 70 : atMs);
  const { histogram, offered, unanswered } = simulate(every(1, 0, 110), { connections: 64, answerAt: stall });
  expect({ offered, unanswered }).toEqual({ offered: 100, unanswered: 0 });
  expect(histogram.getValueAtPercentile(59) / 10_000).toBeLessThan(2);
  expect(histogram.getValueAtPercentile(80) / 10_000).toBeCloseTo(20, 0);
  expect(histogram.maxValue / 10_000).toBeCloseTo(40, 1);
});

it('overload: the backlog grows by what the target cannot do', () => {
  // One answer every 2 ms, one arrival every ms.
  const { backlog, offered } = simulate(every(1, 0, 110), { answerAt: answersIn(2), endMs: 120 });
  expect(offered).toBe(100);
  expect(backlog.close - backlog.open).toBe(50);
});

it('a connection that is lost takes its arrival along, and no other', () => {
  const starts = Float64Array.from([20, 21]);
  const ledger = openLedger(starts, { openMs: 10, closeMs: 110 });
  const sent: [string, number][] = [];
  const arrivals = dispatcher<string>(starts, ledger, (connection, arrival) =>
    sent.push([connection, arrival]),
  );
  arrivals.free('a', 0);
  arrivals.free('b', 0);
  arrivals.dispatch(20);
  expect(arrivals.lost('a')).toBeUndefined();
  expect(arrivals.lost('b')).toBe(0);
  expect(arrivals.dispatch(30)).toBe(false);
  arrivals.free('c', 31);
  expect(arrivals.dispatch(31)).toBe(true);
  expect(sent).toEqual([
    ['b', 0],
    ['c', 1],
  ]);
});
