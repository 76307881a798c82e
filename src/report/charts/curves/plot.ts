import type { TopLevelSpec } from 'vega-lite';
import { dataNumber } from '../../format/number.js';
import { ink } from '../../palette.js';
import { mechanismColour } from '../layers.js';
import { type Layer, type Plot, plotWidth, sheet, tickAxis } from '../plot.js';
import { evenTips, tipChannel } from '../tips.js';
import { labelHeight, names } from './names.js';
import { type CostScale, costScale, numbersWidth, pixels } from './scale.js';
import { dash, shape } from './styles.js';
import type { Curve, Curves } from './types.js';

const leastHeight = 170;
/** An interval that is no longer would only smudge the dot. */
const dotHeight = 8;
const besideStep = 3;

function rowOf({ variant, mechanism, style }: Curve) {
  return { variant, mechanism, style };
}

function zeroLine(): Layer {
  return {
    data: { values: [{ at: 0 }] },
    mark: { type: 'rule', color: ink.rule, strokeWidth: 1.2 },
    encoding: {
      x: { value: 0 },
      x2: { value: plotWidth },
      y: { field: 'at', type: 'quantitative' },
    },
  };
}

/** What identical arms differed by, as far as it lies on the scale. */
function noiseBand({ noise }: Curves, { domain: [low, high] }: CostScale): Layer[] {
  if (noise.length < 2) return [];
  const values = noise.map(({ rung, us }) => ({
    rung,
    from: dataNumber(Math.max(low, -us)),
    to: dataNumber(Math.min(high, us)),
  }));
  return [
    {
      data: { values },
      mark: { type: 'area', color: ink.noiseBand, opacity: 1 },
      encoding: {
        x: { field: 'rung', type: 'quantitative' },
        y: { field: 'from', type: 'quantitative' },
        y2: { field: 'to' },
      },
    },
  ];
}

function lines({ curves }: Curves): Layer {
  // A line is one mark, whose tooltip is that of its first point.
  const values = curves.flatMap((curve) =>
    curve.line.flatMap((point, index) => {
      const row = { ...rowOf(curve), ...point };
      return curve.tip && index === 0 ? evenTips([{ ...row, tip: curve.tip }]) : [row];
    }),
  );
  return lineLayer(values);
}

/** Rows as lines, one a variant, in its mechanism's colour and dash; told where its rows have something to tell. */
export function lineLayer(values: readonly { readonly variant: string }[]): Layer {
  return {
    data: { values: [...values] },
    mark: { type: 'line', strokeWidth: 1.8 },
    encoding: {
      x: { field: 'rung', type: 'quantitative' },
      y: { field: 'us', type: 'quantitative' },
      color: mechanismColour,
      strokeDash: dash,
      detail: { field: 'variant', type: 'nominal' },
      ...tipChannel(values),
    },
  };
}

function points({ curves }: Curves, pixelOf: (us: number) => number): Layer[] {
  const values = curves.flatMap((curve) =>
    curve.points.map(({ label: _, ...point }) => ({ ...rowOf(curve), ...point })),
  );
  const whiskers = values
    .filter(
      ({ low, high }) => low !== undefined && high !== undefined && pixelOf(low) - pixelOf(high) > dotHeight,
    )
    .map(({ tip: _, place: __, ...point }) => point);
  const told = evenTips(values.map(({ low: _, high: __, ...point }) => point));
  const dots: Layer = {
    data: { values: told },
    mark: { type: 'point', filled: true, size: 52, opacity: 1 },
    encoding: {
      x: { field: 'rung', type: 'quantitative' },
      y: { field: 'us', type: 'quantitative' },
      color: mechanismColour,
      shape,
      ...tipChannel(told),
    },
  };
  if (whiskers.length === 0) return [dots];
  const x = { field: 'rung', type: 'quantitative' } as const;
  const bar: Layer = {
    data: { values: whiskers },
    mark: { type: 'rule', color: ink.text, strokeWidth: 1.4 },
    encoding: { x, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
  };
  const end = (field: 'low' | 'high'): Layer => ({
    data: { values: whiskers },
    mark: { type: 'tick', orient: 'horizontal', color: ink.text, thickness: 1.4, size: 6 },
    encoding: { x, y: { field, type: 'quantitative' } },
  });
  return [bar, end('low'), end('high'), dots];
}

/** A curve beside the other, so that their dots and whiskers at one place can be told apart: some pixels, on no scale. */
function sideBySide({ curves, ...group }: Curves, draw: (own: Curves) => Layer[]): Layer[] {
  return curves.flatMap((curve, place) => {
    const xOffset = (place - (curves.length - 1) / 2) * besideStep;
    return draw({ ...group, curves: [curve] }).map((layer) =>
      'mark' in layer && typeof layer.mark === 'object'
        ? ({ ...layer, mark: { ...layer.mark, xOffset } } as Layer)
        : layer,
    );
  });
}

/**
 * The plot of one class: overheads at their places, and the lines through them.
 * @param numbers room for the numbers of the scale, equal in all plots of a sheet so that they stand under each other
 */
export function curvePlot(group: Curves, numbers: number): Plot {
  const height = Math.max(leastHeight, group.curves.length * labelHeight);
  const scale = costScale(group);
  const pixelOf = pixels(scale, height);
  const { x } = group;
  return {
    title: {
      text: group.title,
      subtitle: ['over the same Envoy without the filter, which spends, in µs:', group.baseline],
    },
    width: plotWidth,
    height,
    layer: [
      ...noiseBand(group, scale),
      zeroLine(),
      ...sideBySide(group, (own) => [lines(own)]),
      ...sideBySide(group, (own) => points(own, pixelOf)),
      ...names(group, height, pixelOf),
    ],
    encoding: {
      x: { type: 'quantitative', title: x.title, scale: x.scale, axis: x.axis },
      y: {
        type: 'quantitative',
        title: 'µs of CPU over the baseline',
        scale: {
          type: scale.type,
          domain: [...scale.domain],
          nice: false,
          ...(scale.type === 'symlog' ? { constant: scale.constant } : { zero: false }),
        },
        axis: {
          minExtent: numbers,
          maxExtent: numbers,
          titlePadding: 6,
          ...(scale.ticks === null ? { tickCount: 5 } : tickAxis(scale.ticks)),
        },
      },
    },
  } as Plot;
}

/** All plots of a chart of curves under one title, their axes in line with each other. */
export function curveSheet(
  groups: readonly Curves[],
  { title, subtitle, alt }: { title: string; subtitle: readonly string[]; alt: string },
): TopLevelSpec {
  const numbers = Math.max(...groups.map((group) => numbersWidth(costScale(group))));
  return sheet(
    title,
    subtitle,
    alt,
    groups.map((group) => curvePlot(group, numbers)),
  );
}
