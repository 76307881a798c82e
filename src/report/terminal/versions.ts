import type { TableCell } from '../content/cells.js';
import type { SeriesTable } from '../content/series.js';
import { oneLine, wrapped } from '../format/text.js';
import type { Paints } from './paints.js';
import { noiseMark, overheadLines } from './table.js';

function cellText({ text, remark }: TableCell): string {
  return remark === 'within noise' ? noiseMark + text : text;
}

/** A scenario on several Envoys in one line a variant; each Envoy by itself is in the report. */
export function versionLines(table: SeriesTable, width: number, paint: Paints): string[] {
  const { title, heads, rows, footnote } = table;
  const raw = rows.map(({ arm, cells }) => {
    const [change, ...overheads] = cells.toReversed();
    return [
      arm === null ? 'without the filter' : oneLine(arm.variant),
      ...overheads.toReversed().map(cellText),
      change === undefined ? '' : `${change.text} ${change.detail}`.trimEnd(),
    ];
  });
  return [
    ...overheadLines(
      `${title}: µs of CPU added on each Envoy`,
      [['variant', ...heads], ...raw],
      width,
      paint,
    ),
    ...(footnote === '' ? [] : wrapped(footnote, width, '  ')),
    '',
  ];
}

/** What surely changed from rung to rung of a series: the tables are in the report. */
export function changeLines(tables: readonly SeriesTable[], width: number): string[] {
  const lines = tables
    .filter(({ footnote }) => footnote !== '')
    .flatMap(({ title, footnote }) => wrapped(`${title}: ${footnote}`, width, '  '));
  return lines.length === 0 ? [] : [...lines, ''];
}
