import type { Run } from '../../results/schema/index.js';
import { absent, us, usHalfWidth } from '../format/number.js';
import { intervalOf } from './interval.js';
import { withinNoise } from './noise.js';
import type { Panel } from './panels.js';

/** A cell of a table: a number, and what stands with it. */
export interface TableCell {
  readonly text: string;
  /** The interval, or the overhead beside an absolute number; empty where there is none. */
  readonly detail: string;
  /** What a reader must know of the number: that it lies within the noise, that the generator set the pace. */
  readonly remark: string;
}

/** A cell; what is left away is empty. */
export function cell(text: string, detail = '', remark = ''): TableCell {
  return { text, detail, remark };
}

/** What stands where nothing was measured. */
export const nothing = cell(absent);

/** What an arm adds in a panel, with half the width of its interval; its status where it has no number. */
export function overheadCell(run: Run, { arms, measured }: Panel, variant: string): TableCell {
  const arm = measured.find((each) => each.variant === variant);
  if (arm === undefined) {
    const status = arms.find((each) => each.variant === variant)?.status;
    return status === undefined || status === 'valid' ? nothing : cell(absent, '', status);
  }
  const { totalCpuUs } = arm.overhead;
  const interval = intervalOf(run, totalCpuUs);
  return cell(
    us(totalCpuUs.estimate, interval),
    usHalfWidth(totalCpuUs.estimate, interval),
    withinNoise(run, arm, 'totalCpuUs') ? 'within noise' : '',
  );
}
