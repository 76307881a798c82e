import type { Run } from '../../results/schema/index.js';
import { noticeOf } from '../content/headline.js';
import { altOf } from './alt.js';
import type { Chart } from './chart.js';
import { curvePlot } from './curve-plot.js';
import { curvesOf } from './curves.js';
import { sheet } from './plot.js';

const title = 'How the cost grows with the body, and with more filters';

function alt(run: Run): string {
  const groups = curvesOf(run).map((group) => ({
    name: group.title,
    rows: group.curves.map(({ variant, label, points }) => ({
      variant,
      label: `${label} (${points.map((point) => point.label).join(', ')})`,
    })),
  }));
  return altOf(
    run,
    'Line chart of the CPU per request that each variant adds to the same Envoy without the filter, in µs, over the rungs of each series, with the slope of the line through them.',
    groups,
  );
}

/** The overhead at each rung of a series, and the line whose slope is the cost of a KiB or of a filter. */
export const slopes: Chart = {
  name: 'slopes',
  title,
  applies: (run) => curvesOf(run).length > 0,
  spec(run) {
    const groups = curvesOf(run);
    const lines = ['µs of CPU per request; line: least squares, with its slope at the right'];
    if (groups.some(({ quantity }) => quantity === 'bodyKiB')) {
      lines.push('Over body sizes both axes are logarithmic, so a straight line is bent');
    }
    lines.push(
      run.plan.intervals
        ? 'Whisker: interval, where it is wider than the dot; each plot has a scale of its own'
        : `${noticeOf(run)}; each plot has a scale of its own`,
    );
    return sheet(title, lines, alt(run), groups.map(curvePlot));
  },
  alt,
};
