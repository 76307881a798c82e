import { decisionsOf } from '../../src/report/content/decision/index.js';
import type { VariantTable } from '../../src/report/content/variant-table.js';
import type { Evidence, Run } from '../../src/results/schema/index.js';
import { fixtureRun } from './fixture-run.js';

export const run = fixtureRun();
export const nothingMeasured: Run = { ...run, arms: [], comparisons: [] };

export function tableOf(of: Run, evidence: readonly Evidence[], title: string): VariantTable {
  const table = decisionsOf(of, evidence)
    .flatMap(({ tables }) => tables)
    .find((each) => each.title === title);
  if (table === undefined) throw new TypeError(`no table is called ${title}`);
  return table;
}

/** One cell: by variant, and by the beginning of its column's head. */
export function cellOf({ heads, rows }: VariantTable, variant: string, head: string) {
  const place = heads.findIndex((each) => each.startsWith(head));
  const found = rows.find(({ arm }) => arm.variant === variant)?.cells[place];
  if (found === undefined) throw new TypeError(`no cell of ${variant} below ${head}`);
  return found;
}
