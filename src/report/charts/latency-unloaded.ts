import type { Run } from '../../results/schema/index.js';
import { noticeOf } from '../content/headline.js';
import type { Family } from '../content/panels.js';
import { us } from '../format/number.js';
import { wrapped } from '../format/text.js';
import { altOf } from './alt.js';
import type { ChartKind } from './chart.js';
import {
  groupsOf as allGroupsOf,
  endsOf,
  type Group,
  groupPlots,
  groupTitle,
  scalesLine,
  usRow,
} from './groups.js';
import { dots, type RowValue, valueColumn, whiskers } from './layers.js';
import { sheet } from './plot.js';

const title = 'Time that the filter adds to an unloaded request';

function groupsOf(family: Family): Group[] {
  return allGroupsOf(family, ({ overhead }) => overhead.p50Us !== null);
}

function rowsOf(run: Run, group: Group): RowValue[] {
  return group.arms.flatMap((arm) =>
    arm.overhead.p50Us === null ? [] : [usRow(run, arm, arm.overhead.p50Us, 'p50Us')],
  );
}

// About as wide as the plots with their values.
const lineLength = 84;

/** Whom the chart leaves out, and why. */
function withoutText(family: Family): string[] {
  const without = allGroupsOf(family, ({ overhead }) => overhead.p50Us === null);
  const names = new Set(without.flatMap(({ arms }) => arms.map(({ variant }) => variant)));
  if (names.size === 0) return [];
  return wrapped(`A restart had too few responses for a median: ${[...names].join(', ')}`, lineLength);
}

function baselineP50({ panel }: Group): string | null {
  const p50 = panel.baseline?.latency?.unloaded?.p50Us.estimate;
  return p50 === undefined ? null : `p50 ${us(p50)} µs`;
}

function alt(run: Run, family: Family): string {
  return altOf(
    run,
    'Dot chart of the median response time at 1 connection that each variant adds to the same Envoy without the filter, in µs.',
    groupsOf(family).map((group) => ({ name: groupTitle(group), rows: rowsOf(run, group) })),
  );
}

/** What a filter adds to the median response time at one connection. */
export const latencyUnloaded: ChartKind = {
  name: 'latency-unloaded',
  title,
  applies: (_, family) => family.quantity === null && groupsOf(family).length > 0,
  spec(run, family) {
    const groups = groupsOf(family);
    const plots = groupPlots(run, groups, {
      metric: 'p50Us',
      axisTitle: 'µs of median response time over the baseline',
      zero: baselineP50,
      reach: (group) => endsOf(rowsOf(run, group)),
      under: () => [],
      over: (group) => {
        const rows = rowsOf(run, group);
        return [...whiskers(rows), dots(rows), valueColumn(rows)];
      },
    });
    const how = run.plan.intervals
      ? ['Whisker: interval, where it is wider than the dot', 'Grey band: what identical arms differed by']
      : [noticeOf(run)];
    const lines = ['Median at 1 connection, µs', ...scalesLine(groups), ...how, ...withoutText(family)];
    return sheet(`${family.name}: ${title}`, lines, alt(run, family), plots);
  },
  alt,
};
