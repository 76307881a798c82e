import type { DrawnChart } from '../render/index.js';
import { html, type Markup, none, trusted } from './markup.js';

/** A chart of the whole run as a section; nothing where the run has none of that name. */
export function runChartSection(drawn: readonly DrawnChart[], name: string): Markup {
  const found = drawn.find(({ chart }) => chart.name === name && chart.family === null);
  if (found === undefined) return none;
  const { chart, svg } = found;
  return html`<section><h2>${chart.title}</h2>
<figure id="${name}" class="whole-run"><div class="scroll" tabindex="0">${trusted(svg)}</div>
<figcaption>Also as <code>charts/${name}.svg</code>, <code>.png</code> and <code>.vl.json</code></figcaption></figure>
</section>
`;
}
