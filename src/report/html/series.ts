import type { SeriesRow, SeriesTable } from '../content/series.js';
import { html, type Markup, none } from './markup.js';
import { cellMarkup, rowMechanism, swatch } from './tables.js';

function line({ arm, cells }: SeriesRow): Markup {
  const name = arm === null ? html`without the filter` : html`${swatch(arm)}${arm.variant}`;
  return html`<tr class="${arm === null ? 'baseline' : ''}"${arm === null ? none : rowMechanism(arm)}><th scope="row">${name}</th>${cells.map(cellMarkup)}</tr>
`;
}

/** A series: what each variant adds at each rung, and what each KiB of body, or each filter, adds. */
export function seriesTable({ title, caption, heads, rows, footnote }: SeriesTable): Markup {
  return html`<p class="muted">${caption}</p>
<div class="scroll" tabindex="0"><table class="costs" aria-label="Costs in ${title}">
<thead><tr><th scope="col">Variant</th>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(line)}</tbody></table></div>
${footnote === '' ? none : html`<p class="muted">${footnote}</p>`}`;
}
