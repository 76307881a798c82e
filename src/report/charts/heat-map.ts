import { ink } from '../palette.js';
import { type TintName, tints } from '../tints.js';
import { type Layer, nameAxis, type Plot } from './plot.js';

/** A cell of a heat map: what it says, on the tint that it means. */
export interface HeatCell {
  readonly row: string;
  readonly column: string;
  readonly text: string;
  /** What stands under it; may be empty. */
  readonly below: string;
  readonly tint: TintName;
}

/** Rows by columns, each cell with its word. */
export interface HeatMapParts {
  readonly title: string;
  readonly rows: readonly string[];
  /** Their names may have several lines, by `\n`. */
  readonly columns: readonly string[];
  readonly cells: readonly HeatCell[];
  /** The tints that the cells may have. */
  readonly tinted: readonly TintName[];
  readonly columnWidth: number;
  readonly rowHeight: number;
}

const fontSize = 12;
const lineHeight = 14;

/** A plot of tinted words; `names` is how wide its rows' names are. */
export function heatMap(parts: HeatMapParts, names: number): Plot {
  const { title, rows, columns, cells, tinted, columnWidth, rowHeight } = parts;
  const mostLines = Math.max(...columns.map((column) => column.split('\n').length));
  return {
    title: { text: title },
    width: columns.length * columnWidth,
    height: rows.length * rowHeight,
    layer: [
      {
        data: { values: cells.map(({ row, column, tint }) => ({ row, column, tint })) },
        mark: { type: 'rect', stroke: ink.paper, strokeWidth: 2 },
        encoding: {
          color: {
            field: 'tint',
            type: 'nominal',
            scale: { domain: [...tinted], range: tinted.map((name) => tints[name].light) },
            legend: null,
          },
        },
      },
      ...words(
        cells.filter(({ below }) => below === ''),
        'text',
        0,
      ),
      ...words(
        cells.filter(({ below }) => below !== ''),
        'text',
        -lineHeight / 2,
      ),
      ...words(
        cells.filter(({ below }) => below !== ''),
        'below',
        lineHeight / 2,
      ),
    ],
    encoding: {
      x: {
        field: 'column',
        type: 'nominal',
        title: null,
        scale: { type: 'band', domain: [...columns] },
        axis: {
          orient: 'top',
          labelAngle: 0,
          labelExpr: "split(datum.label, '\\n')",
          labelLineHeight: lineHeight,
          // Further lines go down from the first.
          labelPadding: 5 + (mostLines - 1) * lineHeight,
          grid: false,
          domain: false,
          ticks: false,
        },
      },
      y: {
        field: 'row',
        type: 'nominal',
        title: null,
        scale: { type: 'band', domain: [...rows] },
        axis: nameAxis(names),
      },
    },
  };
}

/** One line of some cells, so far below their middle. */
function words(cells: readonly HeatCell[], field: 'text' | 'below', dy: number): Layer[] {
  if (cells.length === 0) return [];
  return [
    {
      data: { values: cells.map((cell) => ({ row: cell.row, column: cell.column, text: cell[field] })) },
      mark: { type: 'text', fontSize, color: ink.text, dy },
      encoding: { text: { field: 'text', type: 'nominal' } },
    },
  ];
}
