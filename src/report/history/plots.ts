import { median } from 'simple-statistics';
import type { HistoryLine } from '../../results/schema/index.js';
import { mechanismColour } from '../charts/layers.js';
import type { Layer, Plot } from '../charts/plot.js';
import { dataNumber } from '../format/number.js';
import { ink } from '../palette.js';
import { dayAxis, placeOf, plotWidth, scaleOf } from './axis.js';
import type { LineGroup } from './groups.js';
import { ringLayers } from './rings.js';
import { addedText, intervalOf } from './words.js';

const plotHeight = 92;
/** Room for the numbers of the scale, equal in all plots of a sheet so that they stand under each other. */
const numbers = 46;
// Room above and below for what is written at a ring.
const air = 0.1;
const airOfLabels = 0.32;

const x = { field: 'at', type: 'quantitative' } as const;
const y = (field: string) => ({ field, type: 'quantitative' }) as const;

/** A point at its place on the axis. */
export interface Placed {
  readonly at: number;
  readonly us: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly floor: number | null;
}

function placedOf({ runs }: LineGroup, { points }: HistoryLine): Placed[] {
  return points.map((point) => {
    const interval = intervalOf(point.totalCpuUs);
    return {
      at: placeOf(runs, point.run),
      us: dataNumber(point.totalCpuUs.estimate),
      low: interval && dataNumber(interval.low),
      high: interval && dataNumber(interval.high),
      floor: point.floor && dataNumber(point.floor.cpuUs),
    };
  });
}

/** One variant over time. */
export function linePlot(group: LineGroup, line: HistoryLine, isLast: boolean): Plot {
  const placed = placedOf(group, line);
  const domain = domainOf(placed, line);
  const last = line.points.at(-1);
  return {
    title: {
      text: line.variant,
      subtitle: last === undefined ? '' : `newest: ${addedText(last)} µs`,
    },
    width: plotWidth,
    height: plotHeight,
    layer: [
      ...noiseBand(placed, domain),
      ...zeroLine(domain, group.runs.length),
      ...marks(group, line),
      ...whiskers(placed),
      ...costs(placed, line.mechanism, group.runs.length),
      ...ringLayers(line, placed, group.runs.length),
    ],
    encoding: {
      x: { type: 'quantitative', title: null, scale: scaleOf(group.runs), axis: dayAxis(group, isLast) },
      y: {
        type: 'quantitative',
        title: null,
        scale: { domain: [...domain], nice: false, zero: false },
        axis: { minExtent: numbers, maxExtent: numbers, tickCount: 4, labelFontSize: 11 },
      },
    },
  } as Plot;
}

function domainOf(placed: readonly Placed[], { steps }: HistoryLine): readonly [number, number] {
  const middle = median(placed.map(({ us }) => us));
  const reach = placed.flatMap(({ us, low, high, floor }) => [
    us,
    low ?? us,
    high ?? us,
    middle - (floor ?? 0),
    middle + (floor ?? 0),
  ]);
  const [low, high] = [Math.min(...reach), Math.max(...reach)];
  const hasRings = steps.some(
    ({ totalCpuUs, throughputRatio }) => totalCpuUs.called || throughputRatio.called,
  );
  const more = (high - low || 1) * (hasRings ? airOfLabels : air);
  return [dataNumber(low - more), dataNumber(high + more)];
}

/** A step of its own for each run, for each has a floor of its own. */
function noiseBand(placed: readonly Placed[], [low, high]: readonly [number, number]): Layer[] {
  const middle = median(placed.map(({ us }) => us));
  const values = placed.flatMap(({ at, floor }) =>
    floor === null
      ? []
      : [
          {
            from: at - 0.5,
            to: at + 0.5,
            under: dataNumber(Math.max(low, middle - floor)),
            over: dataNumber(Math.min(high, middle + floor)),
          },
        ],
  );
  if (values.length === 0) return [];
  return [
    {
      data: { values },
      mark: { type: 'rect', color: ink.noiseBand },
      encoding: { x: y('from'), x2: { field: 'to' }, y: y('under'), y2: { field: 'over' } },
    },
  ];
}

function zeroLine([low, high]: readonly [number, number], runs: number): Layer[] {
  if (low > 0 || high < 0) return [];
  return [
    {
      data: { values: [{ from: -0.5, to: runs - 0.5, zero: 0 }] },
      mark: { type: 'rule', color: ink.rule, strokeWidth: 1.2 },
      encoding: { x: y('from'), x2: { field: 'to' }, y: y('zero') },
    },
  ];
}

/** Where the Envoy became another, and where a file of the filter did. */
function marks({ runs }: LineGroup, { steps }: HistoryLine): Layer[] {
  const placesOf = (isIt: (what: string) => boolean) =>
    steps
      .filter(({ changed }) => changed.some(({ what }) => isIt(what)))
      .map(({ to }) => ({ at: placeOf(runs, to) - 0.5 }));
  const envoys = placesOf((what) => what === 'Envoy');
  const files = placesOf((what) => what !== 'Envoy');
  const rule: Layer = {
    data: { values: envoys },
    mark: { type: 'rule', color: ink.rule, strokeDash: [4, 3], strokeWidth: 1 },
    encoding: { x, y: { value: 0 }, y2: { value: plotHeight } },
  };
  const triangle: Layer = {
    data: { values: files },
    mark: { type: 'point', shape: 'triangle-up', filled: true, size: 60, opacity: 1, color: ink.text },
    encoding: { x, y: { value: plotHeight + 6 } },
  };
  return [...(envoys.length === 0 ? [] : [rule]), ...(files.length === 0 ? [] : [triangle])];
}

function whiskers(placed: readonly Placed[]): Layer[] {
  const values = placed.flatMap(({ at, low, high }) =>
    low === null || high === null ? [] : [{ at, low, high }],
  );
  if (values.length === 0) return [];
  return [
    {
      data: { values },
      mark: { type: 'rule', color: ink.text, strokeWidth: 1.4 },
      encoding: { x, y: y('low'), y2: { field: 'high' } },
    },
  ];
}

function costs(placed: readonly Placed[], mechanism: string, runs: number): Layer[] {
  const values = placed.map(({ at, us }) => ({ at, us, mechanism }));
  const encoding = { x, y: y('us'), color: mechanismColour } as const;
  return [
    { data: { values }, mark: { type: 'line', strokeWidth: 1.4 }, encoding },
    {
      data: { values },
      mark: { type: 'point', filled: true, size: runs > 40 ? 22 : 52, opacity: 1 },
      encoding,
    },
  ];
}
