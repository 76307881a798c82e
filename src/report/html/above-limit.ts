import type { AboveLimitTable } from '../content/above-limit.js';
import { html, type Markup, none } from './markup.js';
import { swatch } from './tables.js';

/** What became of bodies above the buffer limit: a line an arm. */
export function aboveLimitTable({ title, caption, heads, rows }: AboveLimitTable): Markup {
  const body = rows.map(
    ({
      arm,
      cells,
    }) => html`<tr><th scope="row">${arm.class === 'baseline' ? none : swatch(arm)}${arm.variant}</th>${cells.map(
      (cell) => html`<td>${cell}</td>`,
    )}</tr>
`,
  );
  return html`<h4>Above the buffer limit (${title})</h4>
<p class="muted">${caption}</p>
<div class="scroll" tabindex="0"><table class="costs" aria-label="Above the buffer limit in ${title}">
<thead><tr><th scope="col">Variant</th>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${body}</tbody></table></div>
`;
}
