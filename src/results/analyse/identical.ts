import { median } from 'simple-statistics';
import type { Estimate, Run } from '../schema/index.js';

/** What disjoint A/A pairs showed: their truth is zero. */
export interface IdenticalResults {
  readonly pairs: readonly {
    readonly id: string;
    readonly differenceUs: Estimate;
    readonly excludesZero: boolean;
  }[];
  readonly excludingZero: number;
  readonly medianHalfWidthUs: number;
  /** Wall seconds of the whole run by the number of arms. */
  readonly secondsPerArm: number | null;
  /** Shares of the wall time, from 0 to 1. */
  readonly timeShares: Readonly<Record<'start' | 'proof' | 'warmUp' | 'slices' | 'waiting', number>> | null;
}

/** Reads the pairs of a self-test's run; only those whose two arms are valid. */
export function identicalResults({ arms, conduct }: Run): IdenticalResults {
  const pairs = arms.flatMap(({ id, twinOf, status, overhead }) => {
    const differenceUs = overhead?.totalCpuUs;
    if (twinOf === null || status !== 'valid' || !differenceUs) return [];
    const { low, high } = differenceUs;
    return low === null || high === null ? [] : [{ id, differenceUs, excludesZero: low > 0 || high < 0 }];
  });
  const widths = pairs.map(({ differenceUs: { low, high } }) => ((high ?? 0) - (low ?? 0)) / 2);
  return {
    pairs,
    excludingZero: pairs.filter(({ excludesZero }) => excludesZero).length,
    medianHalfWidthUs: widths.length === 0 ? Number.NaN : median(widths),
    secondsPerArm: conduct && conduct.timeSpent.totalSeconds / arms.length,
    timeShares: conduct && sharesOf(conduct.timeSpent),
  };
}

function sharesOf(
  spent: NonNullable<Run['conduct']>['timeSpent'],
): NonNullable<IdenticalResults['timeShares']> {
  const share = (seconds: number) => (spent.totalSeconds === 0 ? 0 : seconds / spent.totalSeconds);
  return {
    start: share(spent.startSeconds),
    proof: share(spent.proofSeconds),
    warmUp: share(spent.warmUpSeconds),
    slices: share(spent.windowSeconds),
    waiting: share(spent.waitingSeconds),
  };
}
