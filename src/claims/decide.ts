import { confidence } from '../schedule/plan.js';
import { leastToRank } from '../stats/enough-restarts.js';
import { simultaneousConfidence } from '../stats/multiplicity.js';
import { requiredRestarts } from '../stats/required-restarts.js';
import type { Measured, Test } from './findings.js';
import { effectText, ruleText } from './words.js';

/** What the tests of one part come to, before it is known how many parts are tested. */
export interface Leaning {
  readonly word: 'supported' | 'refuted';
  /** The test that decides. */
  readonly test: Test;
  /** Of the whole part; null where there is no test. */
  readonly p: number | null;
}

/** What a part comes to. */
export interface Decision {
  readonly word: 'supported' | 'refuted' | 'inconclusive';
  readonly test: Test;
  readonly reason: string;
  /** Restarts in all that would settle it; null where that is not the matter, or no number would. */
  readonly restartsNeeded: number | null;
}

/**
 * Which way a part leans. It holds where all of its tests do, so the largest p is the part's own (an intersection-union test; Berger
 * 1982); it fails where one does, and with k of them that comes up k times as easily.
 */
export function leaningOf({ tests }: Pick<Measured, 'tests'>): Leaning | null {
  const against = tests.filter(({ holds }) => !holds);
  const surest = (list: readonly Test[]) => extreme(list, (a, b) => pOf(a) < pOf(b));
  const told = surest(against.filter(({ noise }) => noise === null)) ?? surest(against);
  const decider = told ?? extreme(tests, (a, b) => pOf(a) > pOf(b));
  if (!decider) return null;
  const share = told ? tests.length : 1;
  const p = decider.p === null ? null : Math.min(1, share * pOf(decider));
  return { word: told ? 'refuted' : 'supported', test: decider, p };
}

// Below the noise of the run nothing counts, however small its p.
function pOf({ p, noise }: Test): number {
  return noise === null ? (p ?? 1) : 1;
}

function extreme(tests: readonly Test[], isMore: (a: Test, b: Test) => boolean): Test | undefined {
  return tests.reduce<Test | undefined>(
    (best, test) => (best && !isMore(test, best) ? best : test),
    undefined,
  );
}

/**
 * The word of a part, with its reason.
 * @param pAdjusted of the part, for all parts that were tested
 * @param family how many these are
 */
export function decide(
  tests: readonly Test[],
  leaning: Leaning,
  pAdjusted: number | null,
  family: number,
): Decision {
  const { word, test } = leaning;
  const is = `${test.effect.what} is ${effectText(test.effect)}`;
  const rule = ruleText(test.bound, test.margin, test.effect.unit);
  if (pAdjusted !== null && pAdjusted <= 1 - confidence) {
    const told = word === 'supported' ? rule : `and was to be ${rule}`;
    return { word, test, reason: `${is}, ${told}`, restartsNeeded: null };
  }
  const undecided = { word: 'inconclusive', test } as const;
  const done = test.effect.restarts;
  const few = done < leastToRank || test.p === null;
  if (!few && test.noise !== null) {
    const reason = `${is}, but ${test.noise}: a quieter machine or more restarts narrow that`;
    return { ...undecided, reason, restartsNeeded: null };
  }
  const needed = neededFor(tests, family);
  const wanted = `it was to be ${rule}`;
  if (needed === null) {
    const reason = `${is} (${wanted}): too near to the line for any number of restarts`;
    return { ...undecided, reason, restartsNeeded: null };
  }
  const more = Math.max(1, needed - done);
  const reason = `${is} (${wanted}): ${done} restarts do not settle it, some ${more} more would`;
  return { ...undecided, reason, restartsNeeded: Math.max(needed, done + 1) };
}

// More would not be run, and a spread of few values does not tell so far ahead.
const mostRestarts = 100_000;

/** Restarts until every test that is open would be sure, at the strictest level of its family; null where no number would do. */
function neededFor(tests: readonly Test[], family: number): number | null {
  const level = simultaneousConfidence(confidence, family);
  const each = tests.map(({ values, distance }) => {
    if (values.length < 2) return leastToRank;
    return distance > 0
      ? (requiredRestarts(values, distance, level) ?? leastToRank)
      : Number.POSITIVE_INFINITY;
  });
  const most = Math.max(leastToRank, ...each);
  return most <= mostRestarts ? most : null;
}
