import type { ArmResult, Run, Rung } from '../../results/schema/index.js';
import { cell, nothing, overheadCell, type TableCell } from './cells.js';
import type { Family } from './panels.js';
import { baselineCell } from './rows.js';
import { rungText, stepWords } from './rungs.js';
import { missingText, type SlopeRow, type SlopeTable, slopeTablesOf, variantsOf } from './slopes.js';

/** One line of the table of a series: what the baseline spends, or what a variant adds. */
export interface SeriesRow {
  /** Null in the line of the baseline. */
  readonly arm: Pick<ArmResult, 'variant' | 'mechanism'> | null;
  readonly cells: readonly TableCell[];
}

/** A series as a table: a column a rung or a version, then what it comes to. */
export interface SeriesTable {
  readonly title: string;
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly SeriesRow[];
  /** What must be known besides, such as who has no line, and why; may be empty. */
  readonly footnote: string;
}

const noLine = [nothing, nothing, nothing, nothing];

function lineCells(row: SlopeRow | undefined): TableCell[] {
  if (row === undefined) return noLine;
  const { missed } = row;
  return [
    cell(row.slopeText, row.slopeInterval, row.withinNoise ? 'within noise' : ''),
    cell(row.interceptText, row.interceptInterval),
    cell(row.r2Text),
    cell(row.residualText, '', missed.length === 0 ? '' : `not straight: misses ${rungsText(missed)}`),
  ];
}

function lineHeads(quantity: Rung['quantity']): string[] {
  const { unit, none } = stepWords[quantity];
  return [`Slope, ${unit}`, `Line ${none}, µs`, 'r²', 'Farthest off, µs'];
}

function rungsText(rungs: readonly Rung[]): string {
  return rungs.map(rungText).join(', ');
}

function tableOf(run: Run, table: SlopeTable): SeriesTable {
  const { title, quantity, panels, rows } = table;
  const baselines = panels.map(baselineCell);
  return {
    title,
    caption:
      `µs of CPU per request in ${title}: what Envoy spends without the filter, what each variant adds to it, ` +
      `and a straight line through that: its slope is what ${stepWords[quantity].each} adds.`,
    heads: [
      ...panels.map(({ scenario: { name, rung } }) => (rung === null ? name : rungText(rung))),
      ...lineHeads(quantity),
    ],
    rows: [
      { arm: null, cells: [...baselines, ...noLine] },
      ...variantsOf(panels).map((arm) => ({
        arm,
        cells: [
          ...panels.map((panel) => overheadCell(run, panel, arm.variant)),
          ...lineCells(rows.find(({ slope }) => slope.variant === arm.variant)),
        ],
      })),
    ],
    footnote: missingText(table),
  };
}

/** A series as tables, one for each Envoy; none where the family is no series, or nothing was measured. */
export function seriesTablesOf(run: Run, family: Family): SeriesTable[] {
  return slopeTablesOf(run, family).map((table) => tableOf(run, table));
}

/** How a variant fared at all rungs of a series together, where there are no numbers: `valid`, or `valid, invalid`. */
export function statusesOf({ panels }: Family): { readonly variant: string; readonly status: string }[] {
  const statuses = new Map<string, Set<string>>();
  for (const { variant, status } of panels.flatMap(({ baseline, arms }) => [
    ...(baseline ? [baseline] : []),
    ...arms,
  ])) {
    statuses.set(variant, (statuses.get(variant) ?? new Set()).add(status));
  }
  return [...statuses].map(([variant, own]) => ({ variant, status: [...own].join(', ') }));
}
