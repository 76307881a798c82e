import { type IsolationRow, isolationMatrix } from '../../faults/matrix.js';
import { radii } from '../../faults/radius.js';
import type { Beside } from '../beside.js';
import { groupedBy } from '../content/grouped-table.js';
import { faultLoadText, isolationId, isolationWords, radiusText, shortPolicy } from '../content/isolation.js';
import { mechanismRank } from '../palette.js';
import type { Chart } from './chart.js';
import { heatMap } from './heat-map.js';
import { nameColumn, type Plot, sheet } from './plot.js';

const title = 'How far a fault reaches';
const size = { columnWidth: 96, rowHeight: 36 };

/** Faults by what fails and what Envoy is told to do then; null where none was injected. */
export function isolationHeatMap({ evidence }: Beside): Chart | null {
  const rows = isolationMatrix(evidence);
  if (rows.length === 0) return null;
  const names = nameColumn(rows.map(({ fault }) => fault));
  const plots = partsOf(rows).map((part) => plotOf(part, names));
  const alt = altOf(rows);
  const subtitle = [
    `Under ${faultLoadText(evidence)}`,
    'Each cell: whose requests are refused or not answered; empty: not a fault of that kind of filter, or not injected',
    `passes: ${isolationWords.passes}; +: ${isolationWords.plus}`,
  ];
  return { name: isolationId, family: null, title, spec: sheet(title, subtitle, alt, plots), alt };
}

interface Part {
  readonly title: string;
  readonly rows: readonly IsolationRow[];
}

/** Filters inside of Envoy and servers outside have faults of their own; each Envoy is by itself. */
function partsOf(rows: readonly IsolationRow[]): Part[] {
  const isOutside = ({ mechanism }: IsolationRow) => mechanism.startsWith('ext-');
  return groupedBy(rows, ({ envoy }) => envoy).flatMap(([envoy, own]) =>
    [
      { title: `Filters inside Envoy ${envoy}`, rows: own.filter((row) => !isOutside(row)) },
      { title: `Servers outside Envoy ${envoy}`, rows: own.filter(isOutside) },
    ].filter((part) => part.rows.length > 0),
  );
}

function plotOf(part: Part, names: number): Plot {
  const sorted = part.rows.toSorted((a, b) => mechanismRank(a.mechanism) - mechanismRank(b.mechanism));
  const cells = sorted.map((row) => ({
    row: row.fault,
    column: columnOf(row),
    text: radiusText(row),
    below: row.unfiltered === 'none' ? '' : `passes: ${row.unfiltered}`,
    tint: row.radius,
  }));
  return heatMap(
    {
      title: part.title,
      rows: [...new Set(sorted.map(({ fault }) => fault))],
      columns: [...new Set(sorted.map(columnOf))],
      cells,
      tinted: radii,
      ...size,
    },
    names,
  );
}

/** `wasm`, `c` and `open` under each other. */
function columnOf({ variant, policy }: IsolationRow): string {
  return [...variant.split('/'), ...(policy === null ? [] : [shortPolicy(policy)])].join('\n');
}

function altOf(rows: readonly IsolationRow[]): string {
  const filters = groupedBy(rows, ({ variant, envoy }) => `${variant} on Envoy ${envoy}`).map(
    ([name, own]) => `${name}: ${own.map(wordsOf).join(', ')}.`,
  );
  return ['Heat map of how far faults reach.', ...filters].join(' ');
}

function wordsOf(row: IsolationRow): string {
  const policy = row.policy === null ? '' : ` (${shortPolicy(row.policy)})`;
  const passes = row.unfiltered === 'none' ? '' : ` and ${row.unfiltered} passes unfiltered`;
  return `${row.fault}${policy} ${radiusText(row)}${passes}`;
}
