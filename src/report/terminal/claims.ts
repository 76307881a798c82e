import { effectText } from '../../claims/words.js';
import type { Article, ClaimArea, Verdict, VerdictWord } from '../../results/schema/index.js';
import { wrapped } from '../format/text.js';
import type { TerminalOptions } from './index.js';
import { type Paints, paints } from './paints.js';

/** What verdicts are shown with. */
export interface JudgedClaims {
  readonly article: Article;
  readonly verdicts: readonly Verdict[];
}

const areas: Readonly<Record<ClaimArea, string>> = {
  performance: 'Performance',
  isolation: 'Isolation',
  compatibility: 'Compatibility',
  capability: 'Capability',
  opinion: 'Opinions',
};
const indent = '  ';
const narrowest = 60;

/** The verdicts by area: of each claim the word, the effect that decides, and why. */
export function claimLines(
  { article, verdicts }: JudgedClaims,
  { width: columns, colour }: TerminalOptions,
): string[] {
  const width = Math.max(narrowest, columns);
  const paint = paints(colour);
  const named = [...new Set(verdicts.map(({ area }) => area))];
  return [
    ...wrapped(`${article.author}, "${article.title}" (${article.written}, Envoy ${article.envoy})`, width),
    '',
    ...named.flatMap((area) => [
      paint.bold(areas[area]),
      ...verdicts
        .filter((verdict) => verdict.area === area)
        .flatMap((verdict) => linesOf(verdict, width, paint)),
      '',
    ]),
    ...wrapped(countText(verdicts), width, indent),
  ];
}

function linesOf(verdict: Verdict, width: number, paint: Paints): string[] {
  const { claim, statement, word, reason, next, note } = verdict;
  const decider = verdict.decidedBy === null ? undefined : verdict.parts[verdict.decidedBy];
  const effect = decider?.effect ? `  ${effectText(decider.effect)}` : '';
  return [
    `${claim}  ${marks(paint)[word](word)}${effect}`,
    ...indented(statement, width).map(paint.dim),
    ...indented(reason, width),
    ...(decider?.beside ?? []).flatMap((each) =>
      indented(`beside it, judged by nothing: ${each.what} is ${effectText(each)}`, width),
    ),
    ...(note === null || word === 'not tested' ? [] : indented(`note: ${note}`, width)),
    ...(next === null ? [] : indented(`next: ${next}`, width)),
  ];
}

function marks(paint: Paints): Readonly<Record<VerdictWord, (text: string) => string>> {
  const { bold, red, yellow, dim } = paint;
  return { supported: bold, refuted: red, inconclusive: yellow, 'not tested': dim, outdated: red };
}

function indented(text: string, width: number): string[] {
  return wrapped(text, width - indent.length, indent).map((line) => indent + line);
}

function countText(verdicts: readonly Verdict[]): string {
  const words = ['supported', 'refuted', 'outdated', 'inconclusive', 'not tested'] as const;
  const counts = words.flatMap((word) => {
    const count = verdicts.filter((verdict) => verdict.word === word).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const tests = verdicts[0]?.tests ?? 0;
  const adjusted = tests === 0 ? '' : `; p adjusted for ${tests} tests (Holm)`;
  return `${counts.join(', ')}${adjusted}`;
}
