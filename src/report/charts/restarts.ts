import type { Run } from '../../results/schema/index.js';
import { noticeOf } from '../content/headline.js';
import type { Family } from '../content/panels.js';
import { baselineText } from '../content/rows.js';
import { dataNumber, us } from '../format/number.js';
import { ink } from '../palette.js';
import { altOf } from './alt.js';
import type { ChartKind } from './chart.js';
import { groupsOf as allGroupsOf, cpuLines, type Group, groupPlots, groupTitle } from './groups.js';
import { mechanismColour, valueColumn } from './layers.js';
import { type Layer, sheet } from './plot.js';
import { cpuWords } from './tip-words.js';
import { evenTips, tipChannel, tipOf } from './tips.js';

const title = 'Every restart by itself';

function groupsOf(family: Family): Group[] {
  return allGroupsOf(family, ({ overhead }) => overhead.totalCpuUs.perRestart.length > 1);
}

function labelsOf({ arms }: Group): { variant: string; label: string }[] {
  return arms.map(({ variant, overhead }) => {
    const { perRestart } = overhead.totalCpuUs;
    return { variant, label: `${us(Math.min(...perRestart))} to ${us(Math.max(...perRestart))}` };
  });
}

function strip({ arms }: Group): Layer {
  const values = arms.flatMap(({ variant, mechanism, overhead }) =>
    overhead.totalCpuUs.perRestart.map((value, restart) => ({
      variant,
      mechanism,
      restart,
      us: dataNumber(value),
    })),
  );
  return {
    data: { values },
    mark: { type: 'point', filled: true, size: 42, opacity: 0.5 },
    encoding: { x: { field: 'us', type: 'quantitative' }, color: mechanismColour },
  };
}

function means(run: Run, { arms }: Group): Layer {
  const values = evenTips(
    arms.map(({ variant, overhead }) => ({
      variant,
      mean: dataNumber(overhead.totalCpuUs.estimate),
      tip: tipOf(run, overhead.totalCpuUs, cpuWords),
    })),
  );
  return {
    data: { values },
    mark: { type: 'tick', color: ink.text, thickness: 2, size: 16 },
    encoding: { x: { field: 'mean', type: 'quantitative' }, ...tipChannel(values) },
  };
}

function alt(run: Run, family: Family): string {
  return altOf(
    run,
    'Strip chart of the CPU overhead in each restart, in µs per request, from the lowest to the highest.',
    groupsOf(family).map((group) => ({ name: groupTitle(group), rows: labelsOf(group) })),
  );
}

/** The paired value of each restart: what the intervals rest on. */
export const restarts: ChartKind = {
  name: 'restarts',
  title,
  applies: (_, family) => family.quantity === null && groupsOf(family).length > 0,
  spec(run, family) {
    const groups = groupsOf(family);
    const plots = groupPlots(run, groups, {
      metric: 'totalCpuUs',
      axisTitle: 'µs of CPU per request over the baseline',
      zero: ({ panel }) => baselineText(panel),
      reach: ({ arms }) => arms.flatMap(({ overhead }) => overhead.totalCpuUs.perRestart),
      under: () => [],
      over: (group) => [strip(group), means(run, group), valueColumn(labelsOf(group))],
    });
    const what = [
      ...cpuLines(run, groups),
      'One dot a restart, black: their mean; at the right: from the lowest to the highest',
    ];
    const how = run.plan.intervals ? 'Grey band: what identical arms differed by' : noticeOf(run);
    return sheet(`${family.name}: ${title}`, [...what, how], alt(run, family), plots);
  },
  alt,
};
