import type { Run } from '../../results/schema/index.js';
import type { Chart } from '../charts/index.js';
import { aboveLimitTablesOf } from '../content/above-limit.js';
import { type Family, familiesOf, type Panel } from '../content/panels.js';
import { baselineText, columns, rowsOf } from '../content/rows.js';
import { type SeriesTable, seriesTablesOf, statusesOf } from '../content/series.js';
import { versionTablesOf } from '../content/versions.js';
import { escapeMarkdown } from '../format/escape.js';
import { cellText, table } from './text.js';

function costTable(run: Run, panel: Panel): string {
  const rows = rowsOf(run, panel).map(({ arm, cells }) => [
    escapeMarkdown(arm.variant),
    arm.status,
    ...columns.map(({ key }) => cellText(cells[key])),
  ]);
  return table(['Variant', 'Status', ...columns.map(({ title }) => title)], rows, 2);
}

function scenarioTables(run: Run, family: Family): string[] {
  const panels = family.panels.flatMap((panel) => {
    const baseline = baselineText(panel);
    return [
      ...(panel.suffix === '' ? [] : [`#### ${escapeMarkdown(panel.suffix)}`]),
      ...(baseline === null ? [] : [`Over the same Envoy without the filter: ${baseline}.`]),
      costTable(run, panel),
    ];
  });
  return [...versionTablesOf(run, family).flatMap(seriesTable), ...panels];
}

function seriesTable({ caption, heads, rows, footnote }: SeriesTable): string[] {
  const lines = rows.map(({ arm, cells }) => [
    arm === null ? 'without the filter' : escapeMarkdown(arm.variant),
    ...cells.map(cellText),
  ]);
  return [
    escapeMarkdown(caption),
    table(['Variant', ...heads.map(escapeMarkdown)], lines, 1),
    ...(footnote === '' ? [] : [escapeMarkdown(footnote)]),
  ];
}

function seriesTables(run: Run, family: Family): string[] {
  const tables = seriesTablesOf(run, family);
  if (tables.length === 0) {
    const rows = statusesOf(family).map(({ variant, status }) => [escapeMarkdown(variant), status]);
    return [table(['Variant', 'Status'], rows, 2)];
  }
  const others = 'Throughput, latency and memory at each rung: report.html, charts/, run.json.';
  const changes = versionTablesOf(run, family)
    .filter(({ footnote }) => footnote !== '')
    .map(({ title, footnote }) => `- ${escapeMarkdown(`${title}: ${footnote}`)}`);
  return [
    ...tables.flatMap(seriesTable),
    ...(changes.length === 0 ? [] : [changes.join('\n')]),
    others,
    ...aboveLimit(family),
  ];
}

function aboveLimit(family: Family): string[] {
  return aboveLimitTablesOf(family).flatMap(({ title, caption, heads, rows }) => [
    `#### ${escapeMarkdown(`Above the buffer limit (${title})`)}`,
    escapeMarkdown(caption),
    table(
      ['Variant', ...heads],
      rows.map(({ arm, cells }) => [arm.variant, ...cells].map(escapeMarkdown)),
      1,
    ),
  ]);
}

/** What each family costs: its charts, which are files beside the report, then its numbers. */
export function familyCosts(run: Run, charts: readonly Chart[]): string[] {
  return familiesOf(run).flatMap((family) => {
    const pictures = charts
      .filter((chart) => chart.family === family.name && chart.rung === undefined)
      .map(({ title, name }) => `![${escapeMarkdown(title)}](charts/${name}.svg)`);
    return [
      `### ${escapeMarkdown(`${family.name}: ${family.title}`)}`,
      ...(family.summary === '' ? [] : [escapeMarkdown(family.summary)]),
      ...pictures,
      ...(family.quantity === null ? scenarioTables(run, family) : seriesTables(run, family)),
    ];
  });
}
