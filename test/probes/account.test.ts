import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountOf,
  faultyOf,
  type SwapAnswer,
  type SwapMoment,
  servedSince,
  timelineOf,
} from '../../src/probes/swap/account.js';

const moment: SwapMoment = { from: 'one', to: 'two', atMs: 1_000 };

const answer = (sentMs: number, version: string | null, more: Partial<SwapAnswer> = {}): SwapAnswer => ({
  sentMs,
  endedMs: sentMs + 5,
  version,
  problem: version === null ? 'read ECONNRESET' : null,
  connection: 'fresh',
  answered: version !== null,
  ...more,
});

describe('the account of a swap', () => {
  it('counts old, new, lost and wrong, and says when the new version came', () => {
    const answers = [
      answer(900, 'one'),
      answer(1_001, 'one'),
      answer(1_010, 'two'),
      answer(1_020, null),
      answer(1_030, 'three'),
      answer(1_040, null, { answered: true, problem: 'status 503: no' }),
    ];
    expect(accountOf(answers, moment)).toEqual({
      offered: 6,
      old: 2,
      new: 1,
      lost: 1,
      wrong: 2,
      firstNewMs: 15,
      lastOldMs: 6,
      oldAfterNew: { fresh: 0, kept: 0 },
    });
    expect(faultyOf(answers, moment)).toEqual([
      { atMs: 20, kind: 'lost', connection: 'fresh', problem: 'read ECONNRESET' },
      { atMs: 30, kind: 'wrong', connection: 'fresh', problem: 'version three' },
      { atMs: 40, kind: 'wrong', connection: 'fresh', problem: 'status 503: no' },
    ]);
  });

  it('calls an old answer late only where its request was sent after the first new answer', () => {
    const answers = [
      answer(1_010, 'two'),
      // Sent before that answer came, answered after it.
      answer(1_012, 'one', { endedMs: 1_050 }),
      answer(1_016, 'one', { connection: 'kept' }),
      answer(1_017, 'one'),
    ];
    expect(accountOf(answers, moment).oldAfterNew).toEqual({ fresh: 1, kept: 1 });
  });

  it('knows no first answer of a version that never came', () => {
    const { firstNewMs, lastOldMs, oldAfterNew } = accountOf([answer(1_500, 'one')], moment);
    expect([firstNewMs, lastOldMs, oldAfterNew]).toEqual([null, 505, { fresh: 0, kept: 0 }]);
  });

  it('files every request once, in the account and over time', () => {
    const some = fc.record({
      sentMs: fc.double({ min: 0, max: 3_000, noNaN: true }),
      version: fc.constantFrom('one', 'two', 'three', null),
    });
    fc.assert(
      fc.property(fc.array(some), (list) => {
        const answers = list.map(({ sentMs, version }) => answer(sentMs, version));
        const account = accountOf(answers, moment);
        const kinds = ['old', 'new', 'lost', 'wrong'] as const;
        expect(kinds.reduce((sum, kind) => sum + account[kind], 0)).toBe(answers.length);
        const timeline = timelineOf(answers, moment);
        for (const kind of kinds)
          expect(timeline.reduce((sum, bucket) => sum + bucket[kind], 0)).toBe(account[kind]);
      }),
    );
  });

  it('says who served last, the most frequent first', () => {
    const answers = [
      answer(1, 'one'),
      answer(10, 'two'),
      answer(11, 'one'),
      answer(12, 'two'),
      answer(13, null),
    ];
    expect(servedSince(answers, 10)).toEqual(['two', 'one']);
  });
});
