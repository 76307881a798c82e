import { wrapped } from '../format/text.js';
import type { Paints } from './paints.js';

const gap = '  ';

/** A value within the noise has a tilde, which the line under the tables explains. */
export const noiseMark = '~';

function aligned(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, index) => {
      const isNumber = index > 0 && index < cells.length - 1;
      return isNumber ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0);
    })
    .join(gap)
    .trimEnd();
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(1, width - 1))}…`;
}

/** Rows of a name, numbers and a word as lines of equal columns; the first row is the heads, and names give way to the width. */
export function tableLines(rows: readonly (readonly string[])[], width: number): string[] {
  const widths = (rows[0] ?? []).map((_, index) =>
    Math.max(...rows.map((cells) => cells[index]?.length ?? 0)),
  );
  const others = widths.slice(1).reduce((sum, each) => sum + each + gap.length, 0);
  const nameWidth = Math.max(8, Math.min(widths[0] ?? 0, width - others));
  const fitted = [nameWidth, ...widths.slice(1)];
  return rows.map(([name = '', ...rest]) => aligned([shortened(name, nameWidth), ...rest], fitted));
}

/** Such lines under a title; the heads, and the row of the baseline behind them, are pale. */
export function overheadLines(
  title: string,
  rows: readonly (readonly string[])[],
  width: number,
  paint: Paints,
): string[] {
  const [head = '', baseline = '', ...lines] = tableLines(rows, width);
  const [first = '', ...more] = wrapped(title, width);
  return [paint.bold(first), ...more, paint.dim(head), paint.dim(baseline), ...lines];
}
