import { dataNumber } from '../../format/number.js';
import { ink } from '../../palette.js';
import { domainOf } from '../groups.js';
import { mechanismColour } from '../layers.js';
import type { Layer, Plot } from '../plot.js';
import { evenTips, tipChannel } from '../tips.js';
import type { CalibrationPlot } from './series.js';

const size = 190;
/** An interval that is no longer would only smudge the dot. */
const dotHeight = 8;
const numbersWidth = 46;
const lineHeight = 16;

/** What came back over what went in, with the line on which both are alike. */
export function injectionPlot(parts: CalibrationPlot): Plot {
  const { dots, line, noiseUs } = parts;
  const most = Math.max(...dots.map(({ injected }) => injected));
  const x = domainOf([0, most]);
  const onLine = (at: number) => (line === null ? 0 : line.interceptUs + line.slope * at);
  const y = domainOf([
    ...dots.flatMap(({ us, low, high }) => [us, low ?? us, high ?? us]),
    ...(line === null ? [] : [onLine(x[0]), onLine(x[1])]),
  ]);
  return {
    title: { text: parts.title, subtitle: parts.subtitle },
    width: size,
    height: size,
    layer: [
      ...bandOf(x, y, onLine, line === null ? null : noiseUs),
      ...(line === null ? [] : [lineOf(x, onLine)]),
      ...dotsOf(parts, y),
      ...words(parts),
    ],
    encoding: {
      x: {
        type: 'quantitative',
        title: parts.xTitle,
        scale: { domain: [...x], nice: false, zero: false },
      },
      y: {
        type: 'quantitative',
        title: parts.yTitle,
        scale: { domain: [...y], nice: false, zero: false },
        axis: { tickCount: 5, minExtent: numbersWidth, maxExtent: numbersWidth, titlePadding: 6 },
      },
    },
  } as Plot;
}

type Domain = readonly [number, number];

function bandOf(
  x: Domain,
  [low, high]: Domain,
  onLine: (at: number) => number,
  noiseUs: number | null,
): Layer[] {
  if (noiseUs === null) return [];
  const within = (us: number) => dataNumber(Math.min(high, Math.max(low, us)));
  const values = x.map((at) => ({
    injected: at,
    from: within(onLine(at) - noiseUs),
    to: within(onLine(at) + noiseUs),
  }));
  return [
    {
      data: { values },
      mark: { type: 'area', color: ink.noiseBand, opacity: 1 },
      encoding: {
        x: { field: 'injected', type: 'quantitative' },
        y: { field: 'from', type: 'quantitative' },
        y2: { field: 'to' },
      },
    },
  ];
}

function lineOf(x: Domain, onLine: (at: number) => number): Layer {
  return {
    data: { values: x.map((at) => ({ injected: at, us: dataNumber(onLine(at)) })) },
    mark: { type: 'line', color: ink.rule, strokeWidth: 1.2 },
    encoding: { x: { field: 'injected', type: 'quantitative' }, y: { field: 'us', type: 'quantitative' } },
  };
}

function dotsOf({ variant, mechanism, dots }: CalibrationPlot, [low, high]: Domain): Layer[] {
  const x = { field: 'injected', type: 'quantitative' } as const;
  const told = evenTips(
    dots.map(({ injected, us, place, tip }) => ({ variant, mechanism, injected, us, place, tip })),
  );
  const isLong = (from: number, to: number) => ((to - from) / (high - low)) * size > dotHeight;
  const wide = dots.flatMap(({ injected, us, low: from, high: to }) =>
    from !== undefined && to !== undefined && isLong(from, to)
      ? [{ mechanism, injected, us, low: from, high: to }]
      : [],
  );
  const end = (field: 'low' | 'high'): Layer => ({
    data: { values: wide },
    mark: { type: 'tick', orient: 'horizontal', color: ink.text, thickness: 1.4, size: 6 },
    encoding: { x, y: { field, type: 'quantitative' } },
  });
  const whiskers: Layer[] = [
    {
      data: { values: wide },
      mark: { type: 'rule', color: ink.text, strokeWidth: 1.4 },
      encoding: { x, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
    },
    end('low'),
    end('high'),
  ];
  return [
    ...(wide.length === 0 ? [] : whiskers),
    {
      data: { values: told },
      mark: { type: 'point', filled: true, size: 60, opacity: 1 },
      encoding: {
        x,
        y: { field: 'us', type: 'quantitative' },
        color: mechanismColour,
        ...tipChannel(told),
      },
    },
  ];
}

/** The numbers in a column at the right, which stands outside the scales. */
function words({ dots }: CalibrationPlot): Layer[] {
  const values = dots.map(({ label }, row) => ({ label, row: (row + 0.5) * lineHeight }));
  return [
    {
      data: { values },
      mark: { type: 'text', align: 'left', baseline: 'middle', fontSize: 11.5, color: ink.text },
      encoding: {
        x: { value: size + 12 },
        y: { field: 'row', type: 'quantitative', scale: null },
        text: { field: 'label', type: 'nominal' },
      },
    },
  ];
}
