import { effectText } from '../../claims/words.js';
import type { Article, Verdict, VerdictWord } from '../../results/schema/index.js';
import { adjustedText, areasOf, articleText, countsOf, countText, deciderOf } from '../content/verdicts.js';
import { wrapped } from '../format/text.js';
import type { TerminalOptions } from './index.js';
import { type Paints, paints } from './paints.js';

/** What verdicts are shown with. */
export interface JudgedClaims {
  readonly article: Article;
  readonly verdicts: readonly Verdict[];
}

const indent = '  ';
const narrowest = 60;

/** At the end of a run: how many claims have each verdict, and where they are; nothing where none was judged. */
export function verdictCountLines({ verdicts }: Pick<JudgedClaims, 'verdicts'>, width: number): string[] {
  if (verdicts.length === 0) return [];
  return wrapped(`claims: ${countText(countsOf(verdicts))}; which and why is in the report`, width, indent);
}

/** The verdicts by area: of each claim the word, the effect that decides, and why. */
export function claimLines(
  { article, verdicts }: JudgedClaims,
  { width: columns, colour }: TerminalOptions,
): string[] {
  const width = Math.max(narrowest, columns);
  const paint = paints(colour);
  const adjusted = adjustedText(verdicts);
  const counts = countText(countsOf(verdicts));
  return [
    ...wrapped(articleText(article), width),
    '',
    ...areasOf(verdicts).flatMap(({ title, verdicts: own }) => [
      paint.bold(title),
      ...own.flatMap((verdict) => linesOf(verdict, width, paint)),
      '',
    ]),
    ...wrapped(adjusted === '' ? counts : `${counts}; ${adjusted}`, width, indent),
  ];
}

function linesOf(verdict: Verdict, width: number, paint: Paints): string[] {
  const { claim, statement, word, reason, next, note } = verdict;
  const decider = deciderOf(verdict);
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
