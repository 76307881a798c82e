import type { Run } from '../../results/schema/index.js';
import { noticeOf } from '../content/headline.js';
import { baselineText } from '../content/rows.js';
import { dataNumber } from '../format/number.js';
import { altOf } from './alt.js';
import type { Chart } from './chart.js';
import { endsOf, type Group, groupPlots, groupsOf, groupTitle, scalesText, usRow } from './groups.js';
import { mechanismColour, type RowValue, valueColumn, whiskers } from './layers.js';
import { type Layer, sheet } from './plot.js';

const title = 'CPU that the filter adds to a request';

function rowsOf(run: Run, group: Group): RowValue[] {
  return group.arms.map((arm) => usRow(run, arm, arm.overhead.totalCpuUs, 'totalCpuUs'));
}

interface Bar {
  readonly variant: string;
  readonly mechanism: string;
  readonly from: number;
  readonly to: number;
}

function barLayer(values: Bar[], opacity: number): Layer[] {
  if (values.length === 0) return [];
  const encoding = {
    x: { field: 'from', type: 'quantitative' },
    x2: { field: 'to' },
    color: mechanismColour,
  } as const;
  return [{ data: { values }, mark: { type: 'bar', opacity }, encoding }];
}

// The server's bar ends at the total, so that the end of a bar is the number beside it.
function bars({ arms }: Group): Layer[] {
  const split = arms.map(({ variant, mechanism, overhead, cpu }) => ({
    row: { variant, mechanism },
    envoyUs: dataNumber((cpu.serverUs === null ? overhead.totalCpuUs : overhead.cpuUs).estimate),
    totalUs: dataNumber(overhead.totalCpuUs.estimate),
    hasServer: cpu.serverUs !== null,
  }));
  const envoys = split.map(({ row, envoyUs }) => ({ ...row, from: 0, to: envoyUs }));
  const servers = split
    .filter(({ hasServer }) => hasServer)
    .map(({ row, envoyUs, totalUs }) => ({ ...row, from: envoyUs, to: totalUs }));
  return [...barLayer(envoys, 1), ...barLayer(servers, 0.5)];
}

function subtitleOf(run: Run, groups: readonly Group[]): string[] {
  const lines = [`µs of CPU per request; ${scalesText(groups)}`];
  if (groups.some(({ class: each }) => each === 'external')) {
    lines.push("Full colour: Envoy's share; pale: the external server's");
  }
  if (!run.plan.intervals) return [...lines, noticeOf(run)];
  return [...lines, 'Whisker: interval of the total', 'Grey band: what identical arms differed by'];
}

function alt(run: Run): string {
  return altOf(
    run,
    'Bar chart of the CPU per request that each variant adds to the same Envoy without the filter, in µs.',
    groupsOf(run).map((group) => ({ name: groupTitle(group), rows: rowsOf(run, group) })),
  );
}

/** CPU overhead per request, Envoy's and the server's share stacked. */
export const overheadCpu: Chart = {
  name: 'overhead-cpu',
  title,
  applies: (run) => groupsOf(run).length > 0,
  spec(run) {
    const groups = groupsOf(run);
    const plots = groupPlots(run, groups, {
      metric: 'totalCpuUs',
      axisTitle: 'µs of CPU per request over the baseline',
      zero: ({ panel }) => baselineText(panel),
      reach: (group) => endsOf(rowsOf(run, group)),
      under: (group) => [...bars(group), ...whiskers(rowsOf(run, group))],
      over: (group) => [valueColumn(rowsOf(run, group))],
    });
    return sheet(title, subtitleOf(run, groups), alt(run), plots);
  },
  alt,
};
