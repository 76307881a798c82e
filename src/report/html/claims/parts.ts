import type { VerdictPart } from '../../../results/schema/index.js';
import { partTexts, type RawLines, rawLinesOf } from '../../content/verdict-parts.js';
import { counted } from '../../format/number.js';
import { html, type Markup, none } from '../markup.js';
import { badge } from './badge.js';
import type { PartLinks } from './links.js';
import { strip } from './strip.js';

/** What a row needs to know of its claim. */
interface Claim {
  /** False where nothing of it was measured, only seen. */
  readonly isMeasured: boolean;
  readonly linksOf: (part: VerdictPart) => PartLinks;
}

/** The parts of a claim as a table, the one that decides marked. */
export function partsTable(
  claim: string,
  parts: readonly VerdictPart[],
  decidedBy: number | null,
  linksOf: (part: VerdictPart) => PartLinks,
): Markup {
  if (parts.length === 0) return none;
  const isMeasured = parts.some(({ effect }) => effect !== null);
  const numbers = isMeasured ? ['Effect', 'Foretold', 'p, adjusted', 'Restarts'] : ['What was seen'];
  const heads = ['Part', 'Verdict', ...numbers, 'Rests on'].map((head) => html`<th scope="col">${head}</th>`);
  const body = parts.map((part, place) => partRow(part, place === decidedBy, { isMeasured, linksOf }));
  return html`<div class="scroll" tabindex="0"><table class="parts" aria-label="Parts of ${claim}">
<thead><tr>${heads}</tr></thead>
<tbody>${body}</tbody></table></div>`;
}

const note = (text: string) => html`<span class="note">${text}</span>`;

// On a narrow screen cells stand in lines, and each says itself what it is.
const named = (head: string, body: string | readonly Markup[]) => html`<td data-head="${head}">${body}</td>`;

function partRow(part: VerdictPart, decides: boolean, { isMeasured, linksOf }: Claim): Markup {
  const { margin, pAdjusted, restarts } = partTexts(part);
  const numbers = isMeasured
    ? [named('Foretold', margin), named('p, adjusted', pAdjusted), named('Restarts', restarts)]
    : none;
  return html`<tr${decides ? html` class="decides"` : none}><th scope="row">${part.subject}${placeOf(part, linksOf(part))}</th>
<td>${badge(part.word)}${decides ? note('decides') : none}</td><td class="seen">${seenOf(part)}</td>${numbers}${named(
    'Rests on',
    rawLinesOf(part).map((lines) => rawLines(lines, linksOf(part).fileOf(lines.file))),
  )}</tr>
`;
}

/** The effect; the reason, too, where the effect by itself does not tell. */
function seenOf(part: VerdictPart): Markup {
  const { effect, about, beside } = partTexts(part);
  if (effect === '') return html`${part.reason}`;
  const besides = beside.map((each) => note(`beside it, judged by nothing: ${each}`));
  return html`${strip(part)}<span class="number">${effect}</span>${note(about)}${
    part.word === 'inconclusive' ? note(part.reason) : none
  }${besides}`;
}

/** Where it was, with links to the numbers and the chart. */
function placeOf({ scenario, envoy }: VerdictPart, { section, chart, beside }: PartLinks): Markup {
  if (scenario === null && envoy === null) return none;
  const name =
    scenario === null
      ? none
      : section === null
        ? html`${scenario}`
        : html`<a href="#${section}">${scenario}</a>`;
  const on = envoy === null ? '' : `${scenario === null ? '' : ' · '}Envoy ${envoy}`;
  const picture = chart === null ? none : html` · <a href="#${chart}">chart</a>`;
  const matrix = beside === null ? none : html` · <a href="#${beside}">table</a>`;
  return html`<span class="note">${name}${on}${picture}${matrix}</span>`;
}

const mostOpenIds = 2;

function rawLines({ ids }: RawLines, file: string): Markup {
  const link = html`<a href="${file}">${file}</a>`;
  const list = ids.map((id) => html`<code>${id}</code> `);
  if (ids.length <= mostOpenIds) return html`<div class="raw">${link} ${list}</div>`;
  return html`<details class="raw"><summary>${counted(ids.length, 'id')}</summary><div>${link} ${list}</div></details>`;
}
