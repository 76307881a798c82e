import { effectText, ruleText } from '../../claims/words.js';
import type {
  Article,
  ClaimArea,
  Run,
  Verdict,
  VerdictPart,
  VerdictWord,
} from '../../results/schema/index.js';

/** How areas are titled, in the order in which they are listed. */
export const areaTitles: Readonly<Record<ClaimArea, string>> = {
  performance: 'Performance',
  isolation: 'Isolation',
  compatibility: 'Compatibility',
  capability: 'Capability',
  opinion: 'Opinions',
};

/** The words in the order in which they are counted. */
export const verdictWords: readonly VerdictWord[] = [
  'supported',
  'refuted',
  'outdated',
  'inconclusive',
  'not tested',
];

/** The verdicts of one area. */
export interface JudgedArea {
  readonly title: string;
  readonly verdicts: readonly Verdict[];
}

/** The verdicts of a run, as a report shows them. */
export interface Judgement {
  readonly article: Article;
  readonly areas: readonly JudgedArea[];
  /** How many there are of each word, of all claims. */
  readonly counts: readonly WordCount[];
  /** What p is adjusted for; empty where there was no test. */
  readonly adjusted: string;
  /** Claims that need more than this run, which are in no area; and, as a sentence, how many. */
  readonly untested: readonly Verdict[];
  readonly untestedText: string;
  /** Opinions are tested by nothing. */
  readonly opinions: readonly Verdict[];
}

export interface WordCount {
  readonly word: VerdictWord;
  readonly count: number;
}

const isTested = ({ word }: Verdict) => word !== 'not tested';

/**
 * What a report shows of a run's verdicts; null where it has none. A run that is about some areas only shows the claims that it tested;
 * one that is about all of them shows every claim.
 */
export function judgementOf({ article, verdicts }: Pick<Run, 'article' | 'verdicts'>): Judgement | null {
  if (article === undefined || verdicts.length === 0) return null;
  const opinions = verdicts.filter(({ area }) => area === 'opinion');
  const others = verdicts.filter(({ area }) => area !== 'opinion');
  const testedAreas = new Set(others.filter(isTested).map(({ area }) => area));
  const isWhole = others.every(({ area }) => testedAreas.has(area));
  const shown = isWhole ? others : others.filter(isTested);
  const untested = others.filter((verdict) => !shown.includes(verdict));
  return {
    article,
    areas: areasOf(shown),
    counts: countsOf(verdicts),
    adjusted: adjustedText(verdicts),
    untested,
    untestedText: untestedText(untested.length),
    opinions,
  };
}

/** Verdicts by area, in the order of areas; those without any are left out. */
export function areasOf(verdicts: readonly Verdict[]): JudgedArea[] {
  const areas = Object.keys(areaTitles) as ClaimArea[];
  return areas.flatMap((area) => {
    const own = verdicts.filter((verdict) => verdict.area === area);
    return own.length === 0 ? [] : [{ title: areaTitles[area], verdicts: own }];
  });
}

/** How many verdicts there are of each word; words that none has are left out. */
export function countsOf(verdicts: readonly Verdict[]): WordCount[] {
  return verdictWords
    .map((word) => ({ word, count: verdicts.filter((verdict) => verdict.word === word).length }))
    .filter(({ count }) => count > 0);
}

/** `3 supported, 1 refuted`. */
export function countText(counts: readonly WordCount[]): string {
  return counts.map(({ word, count }) => `${count} ${word}`).join(', ');
}

/** `p adjusted for 41 tests (Holm)`; empty where there was no test. */
export function adjustedText(verdicts: readonly Verdict[]): string {
  const tests = verdicts[0]?.tests ?? 0;
  return tests === 0 ? '' : `p adjusted for ${tests} tests (Holm)`;
}

/** `Jimmy Song, "Title" (2025, Envoy 1.34)`. */
export function articleText({ author, title, written, envoy }: Article): string {
  return `${author}, "${title}" (${written}, Envoy ${envoy})`;
}

/** The address of an article, where a browser may follow it; null else. */
export function articleLink({ url }: Article): string | null {
  return /^https?:\/\//i.test(url) ? url : null;
}

function untestedText(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? '1 claim needs more than this run: "filterbench claims" gathers it.'
    : `${count} claims need more than this run: "filterbench claims" gathers it.`;
}

/** The part that a verdict stands or falls with; null where there is none. */
export function deciderOf({ decidedBy, parts }: Verdict): VerdictPart | null {
  return decidedBy === null ? null : (parts[decidedBy] ?? null);
}

/** What decides a verdict, in short. */
export interface Deciding {
  /** The effect with its interval; empty where none decides. */
  readonly effect: string;
  /** What the effect is of, and where; the reason where there is no effect. */
  readonly text: string;
}

/** The effect that decides; the reason where there is none. */
export function decidingOf(verdict: Verdict): Deciding {
  const part = deciderOf(verdict);
  if (!part?.effect) return { effect: '', text: verdict.reason };
  const rule = heldTo(part);
  const foretold = rule === null ? '' : `; foretold: ${rule}`;
  const text = `${part.effect.what}${placeText(part)}${foretold}`;
  // A number and its unit stay on one line.
  return { effect: effectText(part.effect), text: text.replaceAll(' µs', '\u00a0µs') };
}

/** `, in access on Envoy 1.40.0`; empty where a part is of no place. */
function placeText({ scenario, envoy }: VerdictPart): string {
  const where = scenario === null ? '' : ` in ${scenario}`;
  const on = envoy === null ? '' : ` on Envoy ${envoy}`;
  return where + on === '' ? '' : `,${where}${on}`;
}

/** What was foretold of a part's effect: `more than 0.5 µs`; null where nothing was measured. */
export function heldTo({ effect, margin, bound }: VerdictPart): string | null {
  if (effect === null || margin === null || bound === undefined) return null;
  return ruleText(bound, margin, effect.unit);
}

/** `since Envoy 1.38.2`; empty where nothing turned. */
export function sinceText({ since }: Verdict): string {
  return since === null ? '' : `since Envoy ${since}`;
}
