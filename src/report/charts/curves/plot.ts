import { dataNumber } from '../format/number.js';
import { ink } from '../palette.js';
import { costScale, pixels, rungAxis } from './curve-scale.js';
import { type Curve, type Curves, lineOf } from './curves.js';
import { mechanismColour } from './layers.js';
import { type Layer, type Plot, plotWidth } from './plot.js';

const leastHeight = 170;
/** A variant's name, and its slope under it. */
const labelHeight = 31;
const leader = 16;
/** Room for the numbers of the scale, equal in all plots so that they stand under each other. */
const numbers = 46;

const dashes = [
  [1, 0],
  [5, 3],
  [2, 2],
  [7, 2, 2, 2],
];
const shapes = ['circle', 'square', 'triangle-up', 'diamond'];
const styles = shapes.map((_, style) => style);

const dash = {
  field: 'style',
  type: 'nominal',
  scale: { domain: styles, range: dashes },
  legend: null,
} as const;
const shape = {
  field: 'style',
  type: 'nominal',
  scale: { domain: styles, range: shapes },
  legend: null,
} as const;

function rowOf({ variant, mechanism, style }: Curve) {
  return { variant, mechanism, style: style % styles.length };
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

function lines({ curves, quantity }: Curves): Layer {
  const values = curves.flatMap((curve) =>
    lineOf(curve, quantity).map((point) => ({ ...rowOf(curve), ...point })),
  );
  return {
    data: { values },
    mark: { type: 'line', strokeWidth: 1.8 },
    encoding: {
      x: { field: 'rung', type: 'quantitative' },
      y: { field: 'us', type: 'quantitative' },
      color: mechanismColour,
      strokeDash: dash,
      detail: { field: 'variant', type: 'nominal' },
    },
  };
}

function points({ curves }: Curves): Layer[] {
  const values = curves.flatMap((curve) =>
    curve.points.map(({ label: _, ...point }) => ({ ...rowOf(curve), ...point })),
  );
  const whiskers = values.filter(({ low, high }) => low !== undefined && high !== undefined);
  const dots: Layer = {
    data: { values: values.map(({ low: _, high: __, ...point }) => point) },
    mark: { type: 'point', filled: true, size: 52, opacity: 1 },
    encoding: {
      x: { field: 'rung', type: 'quantitative' },
      y: { field: 'us', type: 'quantitative' },
      color: mechanismColour,
      shape,
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

/** Where the names go: beside the ends of their curves, but never over each other. */
export function spread(wanted: readonly number[], height: number, gap: number): number[] {
  const order = [...wanted.keys()].sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const places: number[] = wanted.map(() => 0);
  let free = gap / 2;
  for (const [rank, index] of order.entries()) {
    const below = (order.length - 1 - rank) * gap + gap / 2;
    const place = Math.max(free, Math.min(wanted[index] ?? 0, height - below));
    places[index] = place;
    free = place + gap;
  }
  return places;
}

function names({ curves, quantity }: Curves, height: number, pixelOf: (us: number) => number): Layer[] {
  const ends = curves.map((curve) => pixelOf(lineOf(curve, quantity).at(-1)?.us ?? 0));
  const places = spread(ends, height, labelHeight);
  const rows = curves.map((curve, index) => ({
    ...rowOf(curve),
    label: curve.label,
    from: dataNumber(ends[index] ?? 0),
    to: dataNumber(places[index] ?? 0),
  }));
  // In pixels: names stand outside the scales.
  const at = { field: 'to', type: 'quantitative', scale: null } as const;
  const text = (field: 'variant' | 'label', dy: number, size: number, color: string): Layer => ({
    data: { values: rows },
    mark: { type: 'text', align: 'left', baseline: 'middle', dy, fontSize: size, color },
    encoding: { x: { value: plotWidth + leader + 26 }, y: at, text: { field, type: 'nominal' } },
  });
  return [
    ...rows.map(
      ({ from, to, ...row }): Layer => ({
        data: { values: [row] },
        mark: { type: 'rule', color: ink.noiseBand, strokeWidth: 1 },
        encoding: {
          x: { value: plotWidth },
          x2: { value: plotWidth + leader },
          y: { value: from },
          y2: { value: to },
        },
      }),
    ),
    {
      data: { values: rows },
      mark: { type: 'rule', strokeWidth: 1.8 },
      encoding: {
        x: { value: plotWidth + leader },
        x2: { value: plotWidth + leader + 20 },
        y: at,
        color: mechanismColour,
        strokeDash: dash,
      },
    },
    {
      data: { values: rows },
      mark: { type: 'point', filled: true, size: 52, opacity: 1 },
      encoding: { x: { value: plotWidth + leader + 10 }, y: at, color: mechanismColour, shape },
    },
    text('variant', -6, 12, ink.text),
    text('label', 7, 11, ink.muted),
  ];
}

/** The plot of one family and class: overheads at the rungs, and the lines through them. */
export function curvePlot(group: Curves): Plot {
  const height = Math.max(leastHeight, group.curves.length * labelHeight);
  const scale = costScale(group);
  const x = rungAxis(group);
  return {
    title: { text: group.title },
    width: plotWidth,
    height,
    layer: [zeroLine(), lines(group), ...points(group), ...names(group, height, pixels(scale, height))],
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
          ...(scale.ticks === null ? { tickCount: 5 } : { values: [...scale.ticks] }),
        },
      },
    },
  } as Plot;
}
