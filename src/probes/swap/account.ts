import type { EvidenceOf, SwapAccount, SwapBucket, SwapFaulty } from '../../results/schema/index.js';

/** What became of one request; times in ms on the client's clock. */
export interface SwapAnswer {
  readonly sentMs: number;
  readonly endedMs: number;
  /** The version that answered; null where none did. */
  readonly version: string | null;
  /** Why no whole answer came, or what the answer was that no version gives; null where a version answered. */
  readonly problem: string | null;
  readonly connection: 'fresh' | 'kept';
  /** Whether a whole answer came. */
  readonly answered: boolean;
}

/** What was swapped for what, and when. */
export interface SwapMoment {
  readonly from: string;
  readonly to: string;
  readonly atMs: number;
}

type Kind = 'old' | 'new' | 'lost' | 'wrong';

function kindOf({ answered, version }: SwapAnswer, { from, to }: SwapMoment): Kind {
  if (!answered) return 'lost';
  if (version === to) return 'new';
  return version === from ? 'old' : 'wrong';
}

/** The account of the requests around a swap; pure. */
export function accountOf(answers: readonly SwapAnswer[], moment: SwapMoment): SwapAccount {
  const ofKind = (kind: Kind) => answers.filter((answer) => kindOf(answer, moment) === kind);
  const old = ofKind('old');
  const ends = (some: readonly SwapAnswer[]) => some.map(({ endedMs }) => endedMs);
  const isNew = ofKind('new');
  const since = isNew.filter(({ endedMs }) => endedMs >= moment.atMs);
  const firstNew = since.length === 0 ? null : Math.min(...ends(since));
  const late = old.filter(({ sentMs }) => firstNew !== null && sentMs > firstNew);
  const lateOn = (connection: SwapAnswer['connection']) =>
    late.filter((answer) => answer.connection === connection).length;
  return {
    offered: answers.length,
    old: old.length,
    new: isNew.length,
    lost: ofKind('lost').length,
    wrong: ofKind('wrong').length,
    firstNewMs: firstNew === null ? null : rounded(firstNew - moment.atMs),
    lastOldMs: old.length === 0 ? null : rounded(Math.max(...ends(old)) - moment.atMs),
    oldAfterNew: { fresh: lateOn('fresh'), kept: lateOn('kept') },
  };
}

const bucketMs = 100;

/** The same over time, by when requests were sent. */
export function timelineOf(answers: readonly SwapAnswer[], moment: SwapMoment): SwapBucket[] {
  const buckets = new Map<number, SwapBucket>();
  for (const answer of answers) {
    const fromMs = Math.floor((answer.sentMs - moment.atMs) / bucketMs) * bucketMs;
    const bucket = buckets.get(fromMs) ?? { fromMs, old: 0, new: 0, lost: 0, wrong: 0 };
    bucket[kindOf(answer, moment)] += 1;
    buckets.set(fromMs, bucket);
  }
  return [...buckets.values()].sort((a, b) => a.fromMs - b.fromMs);
}

// Enough to see what went wrong; their number is in the account.
const mostFaulty = 50;

/** The requests that were lost, or answered by neither version. */
export function faultyOf(answers: readonly SwapAnswer[], moment: SwapMoment): SwapFaulty[] {
  return answers
    .flatMap((answer): SwapFaulty[] => {
      const kind = kindOf(answer, moment);
      if (kind === 'old' || kind === 'new') return [];
      const { connection, version, problem } = answer;
      const what = problem ?? `version ${version}`;
      return [{ atMs: rounded(answer.sentMs - moment.atMs), kind, connection, problem: what }];
    })
    .slice(0, mostFaulty);
}

/** All that clients saw of a swap, as evidence has it. */
export function seenOf(
  answers: readonly SwapAnswer[],
  moment: SwapMoment,
): Pick<EvidenceOf<'swap'>, 'from' | 'to' | 'account' | 'timeline' | 'faulty'> {
  return {
    from: moment.from,
    to: moment.to,
    account: accountOf(answers, moment),
    timeline: timelineOf(answers, moment),
    faulty: faultyOf(answers, moment),
  };
}

/** Requests on new connections: what the listener is by then. One that a client keeps may be of an old one. */
export function onFresh(answers: readonly SwapAnswer[]): SwapAnswer[] {
  return answers.filter(({ connection }) => connection === 'fresh');
}

/** The versions that answered requests sent after all of that, from the most frequent on. */
export function servedSince(answers: readonly SwapAnswer[], sinceMs: number): string[] {
  const counts = new Map<string, number>();
  for (const { sentMs, version } of answers) {
    if (sentMs >= sinceMs && version !== null) counts.set(version, (counts.get(version) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([version]) => version);
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
