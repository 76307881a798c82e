import type { ClaimArea, Verdict, VerdictPart } from '../../../results/schema/index.js';
import { decidingOf, sinceText } from '../../content/verdicts.js';
import { counted } from '../../format/number.js';
import { html, type Markup, none } from '../markup.js';
import { badge } from './badge.js';
import type { PartLinks } from './links.js';
import { partsTable } from './parts.js';

/** A claim of the table: its verdict and what decides it, then, folded, all that this rests on. */
export function claimRows(
  verdict: Verdict,
  linksOf: (part: VerdictPart, area: ClaimArea) => PartLinks,
): Markup {
  const { claim, statement, word } = verdict;
  const { effect, text } = decidingOf(verdict);
  const since = sinceText(verdict);
  return html`<tbody id="claim-${claim}" class="claim"><tr><th scope="row"><code>${claim}</code> <span class="statement">${statement}</span></th>
<td>${badge(word)}${since === '' ? none : html`<span class="note">${since}</span>`}</td>
<td>${effect === '' ? html`${text}` : html`<span class="number">${effect}</span><span class="note">${text}</span>`}</td></tr>
<tr class="why"><td colspan="3">${details(verdict, linksOf)}</td></tr></tbody>
`;
}

function details(verdict: Verdict, linksOf: (part: VerdictPart, area: ClaimArea) => PartLinks): Markup {
  const { claim, area, section, reason, wouldChange, next, note, parts, decidedBy } = verdict;
  const facts: readonly (readonly [string, string | Markup])[] = [
    ['Reason', reason],
    ...(note === null ? [] : [['To know', note] as const]),
    ['Would change it', wouldChange],
    ...(next === null ? [] : [['Next', html`<code>${next}</code>`] as const]),
    ['In the article', `the section on ${section}`],
  ];
  const count = parts.length === 0 ? '' : `, ${counted(parts.length, 'part')}`;
  return html`<details><summary>Why${count}</summary>
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${partsTable(claim, parts, decidedBy, (part) => linksOf(part, area))}</details>`;
}
