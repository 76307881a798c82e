import type { Run } from '../../results/schema/index.js';
import type { Beside } from '../beside.js';
import { effortTableOf } from '../content/effort.js';
import { variantTable } from './variant-table.js';

/** What each variant takes to develop; nothing where that was not gathered. */
export function effortPart(run: Run, { evidence }: Beside): string[] {
  const table = effortTableOf(run, evidence);
  return table === null ? [] : [`## ${table.title}`, ...variantTable(table)];
}
