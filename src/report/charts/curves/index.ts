import type { Run } from '../../../results/schema/index.js';
import { noticeOf } from '../../content/headline.js';
import type { Family } from '../../content/panels.js';
import { altOf } from '../alt.js';
import type { ChartKind } from '../chart.js';
import { cpuLines } from '../groups.js';
import { curvesOf } from './data.js';
import { curveSheet } from './plot.js';
import { bothLogarithmic } from './scale.js';
import type { Curves } from './types.js';

const titles = {
  bodyKiB: 'How the cost grows with the body',
  filters: 'How the cost grows with each filter',
} as const;

function alt(run: Run, family: Family): string {
  const groups = curvesOf(run, family).map(({ title, curves: own }) => ({
    name: title,
    rows: own.map(({ variant, label, points }) => ({
      variant,
      label: `${label} (${points.map((point) => point.label).join(', ')})`,
    })),
  }));
  return altOf(
    run,
    'Line chart of the CPU per request that each variant adds to the same Envoy without the filter, in µs, over the rungs of a series, with the slope of the line through them.',
    groups,
  );
}

function subtitleOf(run: Run, groups: readonly Curves[]): string[] {
  const lines = [...cpuLines(run, groups), 'Line: least squares, with its slope at the right'];
  if (groups.some(({ isLogarithmic }) => isLogarithmic)) {
    lines.push(bothLogarithmic);
  }
  if (!run.plan.intervals) return [...lines, noticeOf(run)];
  return [
    ...lines,
    'Whisker: interval, where it is wider than the dot',
    'Grey band: what identical arms differed by',
  ];
}

/** The overhead at each rung of a series, and the line whose slope is the cost of a KiB or of a filter. */
export const curves: ChartKind = {
  name: 'curves',
  title: 'How the cost grows',
  applies: (run, family) => curvesOf(run, family).length > 0,
  spec(run, family) {
    const groups = curvesOf(run, family);
    return curveSheet(groups, {
      title: `${family.name}: ${titles[family.quantity ?? 'bodyKiB']}`,
      subtitle: subtitleOf(run, groups),
      alt: alt(run, family),
    });
  },
  alt,
};
