import type { Beside } from '../beside.js';
import { besideSections } from '../content/beside-sections.js';
import type { BesideSection, KeyEntry } from '../content/section.js';
import type { DrawnChart } from '../render/index.js';
import { groupedTable, noteAnchor } from './grouped-table.js';
import { html, type Markup, none, trusted } from './markup.js';

/** What the run's folder holds besides numbers: a section each, where there is something. */
export function besideMarkup(beside: Beside, drawn: readonly DrawnChart[]): Markup[] {
  return besideSections(beside).map((section) => {
    const { id, title, intro, key, table, notes, remarks } = section;
    return html`<section id="${id}"><h2>${title}</h2>
<p>${intro}</p>
${picture(section, drawn)}${keyList(key)}${groupedTable(table, title, id)}${noteList(id, notes)}${remarks.map(
  (remark) => html`<p class="muted">${remark}</p>
`,
)}
</section>
`;
  });
}

function picture({ id, chart: shown }: BesideSection, drawn: readonly DrawnChart[]): Markup {
  const found = drawn.find(({ chart }) => chart.name === id);
  if (shown === null || found === undefined) return none;
  const files = html`<code>charts/${id}.svg</code>, <code>.png</code> and <code>.vl.json</code>`;
  if (shown === 'named')
    return html`<p class="muted">As a picture: ${files}</p>
`;
  return html`<figure class="heat-map" id="${id}-chart"><div class="scroll" tabindex="0">${trusted(found.svg)}</div>
<figcaption>Also as ${files}</figcaption></figure>
`;
}

function keyList(key: readonly KeyEntry[]): Markup {
  if (key.length === 0) return none;
  return html`<ul class="key">${key.map(
    ({ word, tint, meaning }) =>
      html`<li><span class="word${tint === null ? '' : ` tint-${tint}`}">${word}</span> ${meaning}</li>
`,
  )}</ul>
`;
}

function noteList(id: string, notes: readonly string[]): Markup {
  if (notes.length === 0) return none;
  return html`<ol class="notes">${notes.map(
    (note, index) => html`<li id="${noteAnchor(id, index + 1)}">${note}</li>
`,
  )}</ol>
`;
}
