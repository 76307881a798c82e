import { stepWords } from '../content/rungs.js';
import { missingText, type SlopeRow, type SlopeTable, slopeColumns } from '../content/slopes.js';
import { html, type Markup, none } from './markup.js';
import { cellMarkup, swatch } from './tables.js';

/** What each KiB of body, or each filter, adds: a line a variant. */
export function slopesTable(table: SlopeTable): Markup {
  const { title, quantity, rows } = table;
  const columns = slopeColumns(quantity);
  const missing = missingText(table);
  const without = missing === '' ? none : html`<p class="muted">${missing}</p>`;
  if (rows.length === 0) return without;
  const { each } = stepWords[quantity];
  const body = rows.map(
    (row: SlopeRow) => html`<tr><th scope="row">${swatch(row.slope)}${row.slope.variant}</th>${columns.map(
      ({ cell }) => cellMarkup(cell(row)),
    )}</tr>
`,
  );
  return html`<p class="muted">What ${each} adds in ${title}: a straight line through the overheads of each restart.</p>
<div class="scroll" tabindex="0"><table class="costs" aria-label="What ${each} adds in ${title}">
<thead><tr><th scope="col">Variant</th>${columns.map((column) => html`<th scope="col">${column.title}</th>`)}</tr></thead>
<tbody>${body}</tbody></table></div>
${without}`;
}
