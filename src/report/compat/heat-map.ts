import type { Compat } from '../../results/schema/index.js';
import type { Chart } from '../charts/chart.js';
import { heatMap } from '../charts/heat-map.js';
import { nameColumn, type Plot, sheet } from '../charts/plot.js';
import { type CompatPart, compatibilityId, compatOutcomes, compatParts } from '../content/compatibility.js';

const title = 'What loads on which Envoy';
const size = { columnWidth: 84, rowHeight: 24 };

/** A picture of the whole matrix: a row a subject, a column an Envoy, and the outcome in words in each cell. */
export function compatHeatMap(compat: Compat): Chart {
  const names = nameColumn(compat.subjects.map(({ id }) => id));
  const alt = altOf(compat);
  const plots = compatParts(compat).map((part) => plotOf(compat, part, names));
  const subtitle = ['Each cell: a real start and real requests, or what came of trying'];
  return { name: compatibilityId, family: null, title, spec: sheet(title, subtitle, alt, plots), alt };
}

function plotOf({ envoys, cells }: Compat, part: CompatPart, names: number): Plot {
  const rows = part.subjects.map(({ id }) => id);
  const values = cells
    .filter(({ subject }) => rows.includes(subject))
    .map(({ subject, envoy, outcome }) => ({
      row: subject,
      column: envoy,
      text: outcome,
      below: '',
      tint: outcome,
    }));
  const columns = envoys.map(({ label }) => label);
  return heatMap({ title: part.title, rows, columns, cells: values, tinted: compatOutcomes, ...size }, names);
}

function altOf({ subjects, cells }: Compat): string {
  const rows = subjects.map(({ id }) => {
    const own = cells.filter(({ subject }) => subject === id);
    return `${id}: ${own.map(({ envoy, outcome }) => `${envoy} ${outcome}`).join(', ')}.`;
  });
  return ['Heat map of what loads on which Envoy.', ...rows].join(' ');
}
