import type { Run } from '../../results/schema/index.js';
import { noticeOf } from '../content/headline.js';
import { intervalOf } from '../content/interval.js';
import type { Family } from '../content/panels.js';
import { stepWords } from '../content/rungs.js';
import { type SlopeRow, type SlopeTable, slopeTablesOf } from '../content/slopes.js';
import { dataNumber, slopePlusMinus, slopeText } from '../format/number.js';
import { altOf } from './alt.js';
import type { ChartKind } from './chart.js';
import { classes, classText, cpuLines, domainOf, endsOf, type Group } from './groups.js';
import { bars, baselineRule, noiseBand, type RowValue, valueColumn, whiskers } from './layers.js';
import { nameColumn, plot, sheet } from './plot.js';
import { slopeWords } from './tip-words.js';
import { tipOf } from './tips.js';

/** The slopes of one family on one Envoy, and one class. */
interface Slopes {
  readonly table: SlopeTable;
  readonly class: Group['class'];
  readonly rows: readonly SlopeRow[];
}

function slopesOf(run: Run, family: Family): Slopes[] {
  return slopeTablesOf(run, family).flatMap((table) =>
    classes.flatMap((each) => {
      const rows = table.rows.filter(({ slope }) => slope.class === each);
      return rows.length === 0 ? [] : [{ table, class: each, rows }];
    }),
  );
}

function rowsOf(run: Run, { rows }: Slopes): RowValue[] {
  return rows.map(({ slope, withinNoise, missed }) => {
    const { variant, mechanism, slopeUs, quantity } = slope;
    const interval = intervalOf(run, slopeUs);
    const text = slopePlusMinus(slopeUs.estimate, interval);
    const remark = withinNoise ? ' (within noise)' : missed.length > 0 ? ' (not straight)' : '';
    return {
      variant,
      mechanism,
      value: dataNumber(slopeUs.estimate),
      ...(interval && { low: dataNumber(interval.low), high: dataNumber(interval.high) }),
      label: `${text}${remark}`,
      tip: tipOf(run, slopeUs, slopeWords(quantity)),
    };
  });
}

function titleOf({ table, class: each }: Slopes): string {
  return `${table.title} · ${classText(each)}`;
}

function noiseOf({ rows }: Slopes): { variant: string; us: number }[] {
  return rows.flatMap(({ slope: { variant, noiseUs } }) =>
    noiseUs === null ? [] : [{ variant, us: noiseUs }],
  );
}

function alt(run: Run, family: Family): string {
  return altOf(
    run,
    'Bar chart of the slope of each variant: the CPU per request that one step of the series adds, in µs.',
    slopesOf(run, family).map((group) => ({
      name: `${titleOf(group)}, ${stepWords[group.table.quantity].unit}`,
      rows: rowsOf(run, group),
    })),
  );
}

/** The slope of each variant: the cost of a KiB, or of one more filter. */
export const slopes: ChartKind = {
  name: 'slopes',
  title: 'Slopes',
  applies: (run, family) => slopesOf(run, family).length > 0,
  spec(run, family) {
    const groups = slopesOf(run, family);
    const { each, unit } = stepWords[family.quantity ?? 'bodyKiB'];
    const names = nameColumn(groups.flatMap(({ rows }) => rows.map(({ slope }) => slope.variant)));
    const plots = groups.map((group) => {
      const rows = rowsOf(run, group);
      const noise = run.plan.intervals ? noiseOf(group) : [];
      const most = Math.max(0, ...noise.map(({ us }) => us));
      const floor = most === 0 ? '' : ` · noise ±${slopeText(most, null)}`;
      const alike = groups.filter((other) => other.class === group.class);
      const band = noise.map(({ variant, us }) => ({ variant, from: -us, to: us }));
      return plot(
        {
          title: titleOf(group),
          subtitle: `over the same Envoy without the filter${floor}`,
          variants: rows.map(({ variant }) => variant),
          domain: domainOf([...alike.flatMap((other) => endsOf(rowsOf(run, other))), -most, most]),
          axisTitle: `${unit} over the baseline`,
          layers: [
            ...(band.length === 0 ? [] : [noiseBand(band)]),
            ...bars(
              rows.map(({ variant, mechanism, value, tip }) => ({
                variant,
                mechanism,
                from: 0,
                to: value,
                ...(tip && { tip }),
              })),
            ),
            ...whiskers(rows),
            baselineRule(0),
            valueColumn(rows),
          ],
        },
        names,
      );
    });
    const how = run.plan.intervals
      ? ['Whisker: interval', 'Grey band: the slope that identical arms show']
      : [noticeOf(run)];
    return sheet(
      `${family.name}: What ${each} adds`,
      [...cpuLines(run, groups, `Slope of the line through all rungs, ${unit}`), ...how],
      alt(run, family),
      plots,
    );
  },
  alt,
};
