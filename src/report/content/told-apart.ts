import type { Comparison, Run } from '../../results/schema/index.js';
import { absent, usWithInterval } from '../format/number.js';
import { intervalOf } from './interval.js';
import { type MeasuredArm, type Panel, panelsOf } from './panels.js';

/** How a row's arm stands to a column's in total CPU: `same` is "can't be told apart in this run". */
export type Relation = 'less' | 'more' | 'equivalent' | 'same' | 'self' | 'unknown';

/** One cell of the matrix, with the difference in words. */
export interface Cell {
  readonly relation: Relation;
  readonly detail: string;
}

/** Which arms of a panel can be told apart, directly against each other. */
export interface Matrix {
  readonly panel: Panel;
  readonly rows: readonly { readonly arm: MeasuredArm; readonly cells: readonly Cell[] }[];
  readonly apart: number;
  readonly all: number;
}

/** How one relation is written in a cell: `row < column` reads "the row costs less". */
export const relationSign: Readonly<Record<Relation, string>> = {
  less: '<',
  more: '>',
  equivalent: '≈',
  same: '?',
  self: '',
  unknown: absent,
};

function cellOf(
  run: Run,
  compared: ReadonlyMap<string, Comparison>,
  row: MeasuredArm,
  column: MeasuredArm,
): Cell {
  if (row === column) return { relation: 'self', detail: row.variant };
  const pair = `${row.variant} and ${column.variant}`;
  const found = compared.get(`${row.id} ${column.id}`) ?? compared.get(`${column.id} ${row.id}`);
  if (found === undefined) return { relation: 'unknown', detail: `${pair} were not compared` };
  const { a, distinguishable, equivalent, nearUs, totalCpuUs } = found;
  const by = `${usWithInterval(totalCpuUs.estimate, intervalOf(run, totalCpuUs))} µs`;
  const order = a === row.id ? `${row.variant} − ${column.variant}` : `${column.variant} − ${row.variant}`;
  if (!distinguishable && equivalent)
    return {
      relation: 'equivalent',
      detail: `${pair} are within ${nearUs} µs of each other (${order}: ${by})`,
    };
  if (!distinguishable) return { relation: 'same', detail: `${pair} can't be told apart (${order}: ${by})` };
  const rowIsLess = totalCpuUs.estimate < 0 === (a === row.id);
  return { relation: rowIsLess ? 'less' : 'more', detail: `${order}: ${by}` };
}

function between(panel: Panel, ofArm: ReadonlyMap<string, readonly Comparison[]>): Comparison[] {
  const ids = new Set(panel.measured.map(({ id }) => id));
  return [...ids].flatMap((id) => ofArm.get(id) ?? []).filter(({ b }) => ids.has(b));
}

/** A matrix for every panel with at least two measured arms; none in smoke, which ranks nothing. */
export function matricesOf(run: Run): Matrix[] {
  if (!run.plan.intervals) return [];
  const ofArm = new Map<string, Comparison[]>(run.comparisons.map(({ a }) => [a, []]));
  for (const one of run.comparisons) ofArm.get(one.a)?.push(one);
  return panelsOf(run).flatMap((panel) => {
    const compared = between(panel, ofArm);
    if (compared.length === 0) return [];
    const byPair = new Map(compared.map((one) => [`${one.a} ${one.b}`, one]));
    return [
      {
        panel,
        rows: panel.measured.map((arm) => ({
          arm,
          cells: panel.measured.map((other) => cellOf(run, byPair, arm, other)),
        })),
        apart: compared.filter(({ distinguishable }) => distinguishable).length,
        all: compared.length,
      },
    ];
  });
}

/** How many of the compared pairs can be told apart, over the whole run. */
export function pairCounts(run: Run): { apart: number; all: number } {
  return matricesOf(run).reduce((sum, { apart, all }) => ({ apart: sum.apart + apart, all: sum.all + all }), {
    apart: 0,
    all: 0,
  });
}
