import type { Article, Run, Verdict } from '../../results/schema/index.js';
import {
  articleLink,
  countText,
  decidingOf,
  type JudgedArea,
  judgementOf,
  sinceText,
} from '../content/verdicts.js';
import { escapeMarkdown } from '../format/escape.js';
import { table } from './text.js';

/** The verdicts on the article's claims, a table an area; nothing where none was judged. */
export function verdictParts(run: Run): string[] {
  const judgement = judgementOf(run);
  if (judgement === null) return [];
  const { article, areas, counts, adjusted, untestedText, opinions } = judgement;
  const summary = adjusted === '' ? countText(counts) : `${countText(counts)}; ${adjusted}`;
  return [
    '## The article, claim by claim',
    `${articleName(article)}. What each claim foretells was written down before any run.`,
    escapeMarkdown(`${summary}.`),
    ...areas.flatMap(areaTable),
    ...(areas.length === 0
      ? []
      : ['Each part with its interval, margin, p, chart and raw lines: [report.html](report.html).']),
    ...(untestedText === '' ? [] : [escapeMarkdown(untestedText)]),
    ...(opinions.length === 0 ? [] : ['### Opinions, not tested', opinions.map(opinionLine).join('\n')]),
  ];
}

// Brackets and blanks would end the address early.
const plainAddress = /^[^\s()<>]+$/;

function articleName(article: Article): string {
  const { author, title, written, envoy } = article;
  const link = articleLink(article);
  const name = escapeMarkdown(title);
  const shown = link !== null && plainAddress.test(link) ? `[${name}](${link})` : name;
  return `${escapeMarkdown(author)}, ${shown} (${escapeMarkdown(written)}, Envoy ${escapeMarkdown(envoy)})`;
}

function areaTable({ title, verdicts }: JudgedArea): string[] {
  const rows = verdicts.map((verdict) => {
    const since = sinceText(verdict);
    return [
      escapeMarkdown(verdict.claim),
      escapeMarkdown(verdict.statement),
      `**${verdict.word}**${since === '' ? '' : ` ${escapeMarkdown(since)}`}`,
      decidingText(verdict),
    ];
  });
  return [`### ${title}`, table(['Claim', 'It says', 'Verdict', 'What decides'], rows, 4)];
}

function decidingText(verdict: Verdict): string {
  const { effect, text } = decidingOf(verdict);
  return effect === '' ? escapeMarkdown(text) : `**${escapeMarkdown(effect)}** ${escapeMarkdown(text)}`;
}

function opinionLine({ claim, statement, reason }: Verdict): string {
  return `- ${escapeMarkdown(claim)}: ${escapeMarkdown(statement)} Not tested: ${escapeMarkdown(reason)}.`;
}
