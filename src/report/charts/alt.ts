import type { Run } from '../../results/schema/index.js';
import { noticeOf } from '../content/headline.js';
import type { RowValue } from './layers.js';

/** Words for a picture: what it is, then every number in it. */
export function altOf(
  run: Run,
  what: string,
  parts: readonly { name: string; rows: readonly Pick<RowValue, 'variant' | 'label'>[] }[],
): string {
  const numbers = parts.map(
    ({ name, rows }) => `${name}: ${rows.map(({ variant, label }) => `${variant} ${label}`).join(', ')}.`,
  );
  const smoke = run.plan.intervals ? [] : [`${noticeOf(run)}.`];
  return [what, ...smoke, ...numbers].join(' ');
}
