import type { Run } from '../../results/schema/index.js';
import { noticeOf } from '../content/headline.js';
import type { Family } from '../content/panels.js';
import { baselineText } from '../content/rows.js';
import { dataNumber, us } from '../format/number.js';
import { altOf } from './alt.js';
import type { ChartKind } from './chart.js';
import { cpuLines, endsOf, type Group, groupPlots, groupsOf, groupTitle, usRow } from './groups.js';
import { bars, type RowValue, valueColumn, whiskers } from './layers.js';
import { type Layer, sheet } from './plot.js';
import { cpuWords } from './tip-words.js';
import { type Tip, tipOf } from './tips.js';

const title = 'CPU that the filter adds to a request';

function rowsOf(run: Run, group: Group): RowValue[] {
  return group.arms.map((arm) => usRow(run, arm, arm.overhead.totalCpuUs, 'totalCpuUs'));
}

// Who spends it can't be seen where a bar is short.
function withShares(run: Run, { arms }: Group): { tip: Tip }[] {
  return arms.map(({ overhead, cpu }) => {
    const tip = tipOf(run, overhead.totalCpuUs, cpuWords);
    if (cpu.serverUs === null) return { tip };
    const shares = `Envoy ${us(overhead.cpuUs.estimate)} µs, server ${us(cpu.serverUs.estimate)} µs`;
    return { tip: { ...tip, shares } };
  });
}

// The server's bar ends at the total, so that the end of a bar is the number beside it.
function stackedBars(run: Run, group: Group): Layer[] {
  const { arms } = group;
  const tips = withShares(run, group);
  const split = arms.map(({ variant, mechanism, overhead, cpu }) => ({
    row: { variant, mechanism },
    envoyUs: dataNumber((cpu.serverUs === null ? overhead.totalCpuUs : overhead.cpuUs).estimate),
    totalUs: dataNumber(overhead.totalCpuUs.estimate),
    hasServer: cpu.serverUs !== null,
  }));
  const envoys = split.map(({ row, envoyUs }, index) => ({ ...row, from: 0, to: envoyUs, ...tips[index] }));
  const servers = split
    .filter(({ hasServer }) => hasServer)
    .map(({ row, envoyUs, totalUs }) => ({ ...row, from: envoyUs, to: totalUs }));
  return [...bars(envoys), ...bars(servers, 0.5)];
}

function subtitleOf(run: Run, groups: readonly Group[]): string[] {
  const lines = cpuLines(run, groups);
  if (groups.some(({ class: each }) => each === 'external')) {
    lines.push("Full colour: Envoy's share; pale: the external server's");
  }
  if (!run.plan.intervals) return [...lines, noticeOf(run)];
  return [...lines, 'Whisker: interval of the total', 'Grey band: what identical arms differed by'];
}

function alt(run: Run, family: Family): string {
  return altOf(
    run,
    'Bar chart of the CPU per request that each variant adds to the same Envoy without the filter, in µs.',
    groupsOf(family).map((group) => ({ name: groupTitle(group), rows: rowsOf(run, group) })),
  );
}

/** CPU overhead per request, Envoy's and the server's share stacked. */
export const overheadCpu: ChartKind = {
  name: 'overhead-cpu',
  title,
  applies: (_, family) => family.quantity === null && groupsOf(family).length > 0,
  spec(run, family) {
    const groups = groupsOf(family);
    const plots = groupPlots(run, groups, {
      metric: 'totalCpuUs',
      axisTitle: 'µs of CPU per request over the baseline',
      zero: ({ panel }) => baselineText(panel),
      reach: (group) => endsOf(rowsOf(run, group)),
      under: (group) => [...stackedBars(run, group), ...whiskers(rowsOf(run, group))],
      over: (group) => [valueColumn(rowsOf(run, group))],
    });
    return sheet(`${family.name}: ${title}`, subtitleOf(run, groups), alt(run, family), plots);
  },
  alt,
};
