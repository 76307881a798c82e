import type { TopLevelSpec } from 'vega-lite';
import type { Compat, CompatOutcome, CompatSubject } from '../../results/schema/index.js';
import { nameAxis, nameColumn, type Plot, sheet } from '../charts/plot.js';
import { ink } from '../palette.js';

const title = 'What loads on which Envoy';
const name = 'compatibility';

// Tints that dark text can be read on, from Okabe and Ito's colours; each cell also says its outcome in words.
const colours: Readonly<Record<CompatOutcome, string>> = {
  loads: '#a6dcc8',
  warns: '#f7e3a1',
  misbehaves: '#f3c98b',
  dies: '#e2a7c8',
  refused: '#eeb293',
  absent: '#d5dae0',
};

const columnWidth = 84;
const rowHeight = 24;

const sections: readonly { readonly title: string; holds(subject: CompatSubject): boolean }[] = [
  { title: 'Dynamic modules, by the ABI that they are built for', holds: isModule },
  { title: 'The same file everywhere', holds: (subject) => !isModule(subject) && !isBuiltIn(subject) },
  { title: "Envoy's own filters", holds: isBuiltIn },
];

function isModule({ mechanism }: CompatSubject): boolean {
  return mechanism === 'dynamic-module';
}

function isBuiltIn({ id }: CompatSubject): boolean {
  return id.startsWith('built-in/');
}

/** A picture of the whole matrix: a row a subject, a column an Envoy, and the outcome in words in each cell. */
export function compatHeatMap(compat: Compat): { name: string; spec: TopLevelSpec; alt: string } {
  const shown = sections.flatMap((section) => {
    const subjects = compat.subjects.filter(section.holds);
    return subjects.length === 0 ? [] : [{ title: section.title, subjects }];
  });
  const names = nameColumn(compat.subjects.map(({ id }) => id));
  const alt = altOf(compat);
  const plots = shown.map((section) => plotOf(compat, section.title, section.subjects, names));
  const subtitle = ['Each cell: a real start and real requests, or what came of trying'];
  return { name, spec: sheet(title, subtitle, alt, plots), alt };
}

function plotOf(compat: Compat, heading: string, subjects: readonly CompatSubject[], names: number): Plot {
  const rows = subjects.map(({ id }) => id);
  const labels = compat.envoys.map(({ label }) => label);
  const values = compat.cells
    .filter(({ subject }) => rows.includes(subject))
    .map(({ subject, envoy, outcome }) => ({ subject, envoy, outcome }));
  const outcomes = Object.keys(colours);
  return {
    title: { text: heading },
    width: labels.length * columnWidth,
    height: rows.length * rowHeight,
    data: { values },
    layer: [
      {
        mark: { type: 'rect', stroke: ink.paper, strokeWidth: 2 },
        encoding: {
          color: {
            field: 'outcome',
            type: 'nominal',
            scale: { domain: outcomes, range: Object.values(colours) },
            legend: null,
          },
        },
      },
      {
        mark: { type: 'text', fontSize: 12, color: ink.text },
        encoding: { text: { field: 'outcome', type: 'nominal' } },
      },
    ],
    encoding: {
      x: {
        field: 'envoy',
        type: 'nominal',
        title: null,
        scale: { type: 'band', domain: labels },
        axis: { orient: 'top', labelAngle: 0, grid: false, domain: false, ticks: false },
      },
      y: {
        field: 'subject',
        type: 'nominal',
        title: null,
        scale: { type: 'band', domain: rows },
        axis: nameAxis(names),
      },
    },
  };
}

function altOf({ subjects, cells }: Compat): string {
  const rows = subjects.map(({ id }) => {
    const own = cells.filter(({ subject }) => subject === id);
    return `${id}: ${own.map(({ envoy, outcome }) => `${envoy} ${outcome}`).join(', ')}.`;
  });
  return ['Heat map of what loads on which Envoy.', ...rows].join(' ');
}
