import type { Run } from '../../results/schema/index.js';
import { noticeOf } from '../content/headline.js';
import { intervalOf } from '../content/interval.js';
import { noiseOf, withinNoise } from '../content/noise.js';
import type { Family, Panel } from '../content/panels.js';
import { newestPanelsOf } from '../content/versions.js';
import { dataNumber, ratio, rps } from '../format/number.js';
import { altOf } from './alt.js';
import type { ChartKind } from './chart.js';
import { baselineRule, dots, noiseBand, type RowValue, valueColumn, whiskers } from './layers.js';
import { nameColumn, plot, sheet } from './plot.js';
import { ratioWords } from './tip-words.js';
import { tipOf } from './tips.js';

const title = 'Throughput that is left';

function rowsOf(run: Run, panel: Panel): RowValue[] {
  return panel.measured.map((arm) => {
    const { throughputRatio } = arm.overhead;
    const interval = intervalOf(run, throughputRatio);
    const half = interval === null ? '' : ` ±${ratio((interval.high - interval.low) / 2)}`;
    const noise = withinNoise(run, arm, 'throughputRatio') ? ' (within noise)' : '';
    return {
      variant: arm.variant,
      mechanism: arm.mechanism,
      value: dataNumber(throughputRatio.estimate),
      ...(interval && { low: dataNumber(interval.low), high: dataNumber(interval.high) }),
      label: `${ratio(throughputRatio.estimate)}${half}${noise}`,
      tip: tipOf(run, throughputRatio, ratioWords),
    };
  });
}

function bandsOf(run: Run, panel: Panel) {
  return panel.measured.flatMap((arm) => {
    const noise = noiseOf(run, arm, 'throughputRatio');
    // Below none there is no throughput.
    return noise === null ? [] : [{ variant: arm.variant, from: Math.max(0, 1 - noise), to: 1 + noise }];
  });
}

function subtitleOf({ baseline }: Panel): string {
  const capacity = baseline?.capacity?.rps.estimate;
  const what = 'relative to the same Envoy without the filter';
  return capacity === undefined ? what : `${what}: ${rps(capacity)} requests per second`;
}

function measuredPanels(family: Family): Panel[] {
  return newestPanelsOf(family).filter(({ measured }) => measured.length > 0);
}

function alt(run: Run, family: Family): string {
  return altOf(
    run,
    'Dot chart of the throughput of each variant relative to the same Envoy without the filter.',
    measuredPanels(family).map((panel) => ({ name: panel.title, rows: rowsOf(run, panel) })),
  );
}

/** Closed-loop throughput relative to the baseline. */
export const throughput: ChartKind = {
  name: 'throughput',
  title,
  applies: (_, family) => family.quantity === null && measuredPanels(family).length > 0,
  spec(run, family) {
    const panels = measuredPanels(family);
    const names = nameColumn(panels.flatMap(({ measured }) => measured.map(({ variant }) => variant)));
    const ends = panels.flatMap((panel) => [
      ...rowsOf(run, panel).map(({ value, high }) => high ?? value),
      ...bandsOf(run, panel).map(({ to }) => to),
    ]);
    const plots = panels.map((panel) => {
      const rows = rowsOf(run, panel);
      const bands = bandsOf(run, panel);
      return plot(
        {
          title: panel.title,
          subtitle: subtitleOf(panel),
          variants: rows.map(({ variant }) => variant),
          domain: [0, Math.max(1.05, ...ends)],
          axisTitle: 'throughput, 1 = as without the filter',
          layers: [
            ...(bands.length === 0 ? [] : [noiseBand(bands)]),
            baselineRule(1),
            ...whiskers(rows),
            dots(rows),
            valueColumn(rows),
          ],
        },
        names,
      );
    });
    const how = run.plan.intervals
      ? ['Whisker: interval, where it is wider than the dot', 'Grey band: what identical arms differed by']
      : [noticeOf(run)];
    const load = `Closed loop, ${run.plan.connections} connections`;
    return sheet(`${family.name}: ${title}`, [load, ...how], alt(run, family), plots);
  },
  alt,
};
