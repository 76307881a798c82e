import type { VariantTable } from '../content/variant-table.js';
import { html, type Markup } from './markup.js';
import { cellMarkup, rowMechanism, swatch } from './tables.js';

/** A row a variant, below what it is about. */
export function variantTable({ title, caption, heads, rows, footnotes }: VariantTable): Markup {
  const body = rows.map(
    ({
      arm,
      cells,
    }) => html`<tr${rowMechanism(arm)}><th scope="row">${swatch(arm)}${arm.variant}</th>${cells.map(cellMarkup)}</tr>
`,
  );
  const notes = footnotes.map(
    (note) => html`<p class="muted">${note}</p>
`,
  );
  return html`<p class="muted">${caption}</p>
<div class="scroll" tabindex="0"><table class="costs words" aria-label="${title}">
<thead><tr><th scope="col">Variant</th>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${body}</tbody></table></div>
${notes}`;
}
