import type { Run } from '../../../results/schema/index.js';
import { noticeOf } from '../../content/headline.js';
import type { Family } from '../../content/panels.js';
import { altOf } from '../alt.js';
import type { ChartKind } from '../chart.js';
import { scalesLine } from '../groups.js';
import { sheet } from '../plot.js';
import { emptyTails, isNamed, tailsOf } from './data.js';
import { tailPlot, tailScales, timesWidth } from './plot.js';

const title = 'How response times are spread';

function alt(run: Run, family: Family): string {
  return altOf(
    run,
    'Line chart of response time in µs over its percentile, on an axis that widens the tail.',
    tailsOf(run, family).map(({ title: name, curves }) => ({
      name,
      rows: curves.map(({ variant, points }) => ({
        variant,
        label: points
          .filter(({ rung }) => isNamed(rung))
          .map(({ label }) => label)
          .join(', '),
      })),
    })),
  );
}

/** Percentiles of response times, unloaded and at the lowest rate. */
export const distributions: ChartKind = {
  name: 'distributions',
  title,
  applies: (run, family) => family.quantity === null && tailsOf(run, family).length > 0,
  spec(run, family) {
    const tails = tailsOf(run, family);
    const scaled = tails.map((each) => ({ each, scales: tailScales(tails, each.class) }));
    const numbers = Math.max(...scaled.map(({ scales }) => timesWidth(scales)));
    const how = run.plan.intervals ? ['Pale: interval, cut off at the edges'] : [noticeOf(run)];
    return sheet(
      `${family.name}: ${title}`,
      [
        'Response times of all restarts together, µs',
        ...scalesLine(tails),
        'A curve ends where fewer than 100 responses lie beyond it',
        ...how,
        ...emptyTails(run, family),
      ],
      alt(run, family),
      scaled.map(({ each, scales }) => tailPlot(each, scales, numbers)),
    );
  },
  alt,
};
