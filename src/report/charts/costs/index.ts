import type { Run } from '../../../results/schema/index.js';
import { altOf } from '../alt.js';
import type { Chart } from '../chart.js';
import { nameColumn, sheet } from '../plot.js';
import { type Costs, costsOf, costsSubtitle } from './panels.js';
import { costsPlot, costsScale } from './plot.js';

/** The name of the chart, and its place in the page. */
export const costsId = 'costs';
const title = 'What does each mechanism cost?';

// More of them under each other are higher than a screen.
const mostInOneColumn = 3;

function alt(run: Run, { panels }: Costs): string {
  return altOf(
    run,
    'Dot chart of the CPU per request that the cheapest variant of each mechanism adds to the same Envoy without the filter, in µs, scenario by scenario.',
    panels.map(({ title: name, rows, missing }) => ({ name, rows: [...rows, ...missing] })),
  );
}

/** The whole run in one picture: what each mechanism adds in each scenario; null where nothing has a number. */
export function costsChart(run: Run): Chart | null {
  const costs = costsOf(run);
  if (costs === null) return null;
  const { panels } = costs;
  const scale = costsScale(panels);
  const names = nameColumn(panels.flatMap((panel) => panel.names));
  const text = alt(run, costs);
  const spec = sheet(
    title,
    costsSubtitle(run, costs),
    text,
    panels.map((panel) => costsPlot(panel, scale, names)),
    panels.length > mostInOneColumn ? 2 : 1,
  );
  return { name: costsId, family: null, title, spec, alt: text };
}
