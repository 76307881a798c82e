import { dataNumber } from '../../format/number.js';
import { ink } from '../../palette.js';
import { labelHeight, names } from '../curves/names.js';
import { lineLayer } from '../curves/plot.js';
import { shape } from '../curves/styles.js';
import { mechanismColour } from '../layers.js';
import { type Layer, type Plot, plotWidth, tickAxis } from '../plot.js';
import { tipChannel } from '../tips.js';
import { isNamed, type Tails } from './data.js';

const leastHeight = 165;

const percentileOf: Readonly<Record<number, string>> = {
  2: '50 %',
  10: '90 %',
  100: '99 %',
  1000: '99.9 %',
  10000: '99.99 %',
};

/** The scales of one plot: one in so many responses below, µs at the left. */
export interface TailScales {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Scales that hold every curve; plots of a class share that of times, and all share the one below. */
export function tailScales(all: readonly Tails[], each: Tails['class']): TailScales {
  const rungs = all.flatMap(({ curves }) => curves.flatMap(({ points }) => points.map(({ rung }) => rung)));
  const times = all
    .filter((tails) => tails.class === each)
    .flatMap(({ curves }) => curves.flatMap(({ points }) => points.map(({ us }) => us)));
  // Intervals may reach anywhere; a scale that holds all of them would press the curves into a line.
  const y = [dataNumber(Math.min(...times) / 1.5), dataNumber(Math.max(...times) * 1.5)] as const;
  return { x: [1.8, dataNumber(Math.max(20, ...rungs) * 1.1)], y };
}

function ticksOf([low, high]: readonly [number, number], steps: readonly number[]): number[] {
  const decades = [0.1, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];
  return decades
    .flatMap((decade) => steps.map((step) => dataNumber(decade * step)))
    .filter((at) => at >= low && at <= high);
}

const fewestTicks = 3;

/** One, two and five of each decade, the decades alone where those are many, and more where they are too few to tell a scale by. */
function timeTicks(domain: readonly [number, number]): number[] {
  if (domain[1] / domain[0] >= 1_000) return ticksOf(domain, [1]);
  const ticks = ticksOf(domain, [1, 2, 5]);
  return ticks.length < fewestTicks ? ticksOf(domain, [1, 1.5, 2, 3, 4, 5, 6, 8]) : ticks;
}

/** How far the numbers of the scale of times reach to its left. */
export function timesWidth({ y }: TailScales): number {
  const longest = Math.max(...timeTicks(y).map((at) => at.toLocaleString('en-US').length));
  return Math.ceil(Math.max(3, longest) * 7.5 + 12);
}

/** The curves of one class under one load, with the intervals as pale bands. */
export function tailPlot(tails: Tails, scales: TailScales, numbers: number): Plot {
  const { curves } = tails;
  const height = Math.max(leastHeight, curves.length * labelHeight);
  const [low, high] = scales.y;
  const pixelOf = (us: number) => (height * Math.log(high / us)) / Math.log(high / low);
  const xTicks = Object.keys(percentileOf)
    .map(Number)
    .filter((at) => at <= scales.x[1]);
  return {
    title: { text: tails.title, subtitle: [...tails.subtitle] },
    width: plotWidth,
    height,
    layer: [
      ...bands(tails, scales),
      waysToNames(tails),
      lines(tails),
      dots(tails),
      ...names({ curves }, height, pixelOf),
    ],
    encoding: {
      x: {
        type: 'quantitative',
        title: 'percentile of responses',
        scale: { type: 'log', domain: [...scales.x], nice: false },
        axis: { ...tickAxis(xTicks), labelExpr: `${JSON.stringify(percentileOf)}[datum.value]` },
      },
      y: {
        type: 'quantitative',
        title: 'µs of response time',
        scale: { type: 'log', domain: [...scales.y], nice: false },
        axis: {
          ...tickAxis(timeTicks(scales.y)),
          format: ',',
          minExtent: numbers,
          maxExtent: numbers,
          titlePadding: 6,
        },
      },
    },
  } as Plot;
}

function bands({ curves }: Tails, { y: [least, most] }: TailScales): Layer[] {
  const within = (us: number) => dataNumber(Math.min(most, Math.max(least, us)));
  const values = curves.flatMap(({ variant, mechanism, points }) =>
    points.flatMap(({ rung, low, high }) =>
      low === undefined || high === undefined
        ? []
        : [{ variant, mechanism, rung, low: within(low), high: within(high) }],
    ),
  );
  if (values.length === 0) return [];
  return [
    {
      data: { values },
      mark: { type: 'area', opacity: 0.14 },
      encoding: {
        x: { field: 'rung', type: 'quantitative' },
        y: { field: 'low', type: 'quantitative' },
        y2: { field: 'high' },
        color: mechanismColour,
        detail: { field: 'variant', type: 'nominal' },
      },
    },
  ];
}

/** From where each curve ends to the edge, where its name is led to. */
function waysToNames({ curves }: Tails): Layer {
  const values = curves.flatMap(({ variant, mechanism, points }) => {
    const last = points.at(-1);
    return last === undefined ? [] : [{ variant, mechanism, rung: last.rung, us: last.us }];
  });
  return {
    data: { values },
    mark: { type: 'rule', color: ink.noiseBand, strokeWidth: 1 },
    encoding: {
      x: { field: 'rung', type: 'quantitative' },
      x2: { value: plotWidth },
      y: { field: 'us', type: 'quantitative' },
    },
  };
}

function lines({ curves }: Tails): Layer {
  const values = curves.flatMap(({ variant, mechanism, style, points }) =>
    points.map(({ rung, us }) => ({ variant, mechanism, style, rung, us })),
  );
  return lineLayer(values);
}

function dots({ title, curves }: Tails): Layer {
  const values = curves.flatMap(({ variant, mechanism, style, points }) =>
    points
      .filter(({ rung }) => isNamed(rung))
      .map(({ rung, us, label }) => ({
        ...{ variant, mechanism, style, rung, us },
        place: title,
        estimate: `${label} µs of response time`,
      })),
  );
  return {
    data: { values },
    mark: { type: 'point', filled: true, size: 45, opacity: 1 },
    encoding: {
      x: { field: 'rung', type: 'quantitative' },
      y: { field: 'us', type: 'quantitative' },
      color: mechanismColour,
      shape,
      ...tipChannel(values),
    },
  };
}
