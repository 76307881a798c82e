import type { Run } from '../../../results/schema/index.js';
import { absent, us, usInterval } from '../../format/number.js';
import { clipped, oneLine } from '../../format/text.js';
import { cell, nothing, type TableCell } from '../cells.js';
import { intervalOf } from '../interval.js';
import { withinNoise } from '../noise.js';
import type { Panel } from '../panels.js';
import type { TableRow } from '../rows.js';

const longestReason = 90;

/** What an arm adds in CPU, with its interval; in its place why there is no number. */
export function costCell(rows: readonly TableRow[], variant: string): TableCell {
  const row = rows.find(({ arm }) => arm.variant === variant);
  if (row === undefined) return cell(absent, '', 'not measured');
  const { status, reason } = row.arm;
  if (status === 'valid') return row.cells.cpu;
  return cell(absent, '', reason === null ? status : `${status}: ${clipped(oneLine(reason), longestReason)}`);
}

/** What an arm adds to the time of a request when nothing else is on its way. */
export function addedP50Cell(run: Run, panel: Panel, variant: string): TableCell {
  const arm = panel.measured.find((each) => each.variant === variant);
  const over = arm?.overhead.p50Us ?? null;
  if (arm === undefined || over === null) return nothing;
  const interval = intervalOf(run, over);
  return cell(
    us(over.estimate, interval),
    usInterval(over.estimate, interval),
    withinNoise(run, arm, 'p50Us') ? 'within noise' : '',
  );
}

/** The share of the baseline's throughput that is left. */
export function throughputCell(rows: readonly TableRow[], variant: string): TableCell {
  return rows.find(({ arm }) => arm.variant === variant)?.cells.throughput ?? nothing;
}
