import { median } from 'simple-statistics';
import type { HistoryLine } from '../../results/schema/index.js';
import { mechanismColour } from '../charts/layers.js';
import type { Layer, Plot } from '../charts/plot.js';
import { dataNumber } from '../format/number.js';
import { ink } from '../palette.js';
import type { LineGroup } from './groups.js';
import { ringLayers } from './rings.js';
import { addedText, dayNamer, intervalOf } from './words.js';

export const plotWidth = 420;
const plotHeight = 92;
const stripHeight = 17;
/** Room for the numbers of the scale, equal in all plots of a sheet so that they stand under each other. */
const numbers = 46;
const stripShade = '#eef1f4';
const mostLabels = 5;
const narrowestLabel = 40;
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

function placeOf(runs: LineGroup['runs'], id: string): number {
  return runs.findIndex((run) => run.id === id);
}

/** Which Envoy the runs had, as a strip above the plots; nothing where they measured several at once. */
export function envoyStrip({ runs, lines }: LineGroup): Plot[] {
  if (lines.some(({ envoy }) => envoy !== null)) return [];
  const spans: { from: number; to: number; version: string }[] = [];
  for (const [at, { envoys }] of runs.entries()) {
    const version = envoys.map((envoy) => envoy.version).join(', ');
    const last = spans.at(-1);
    if (last?.version === version) last.to = at + 0.5;
    else spans.push({ from: at - 0.5, to: at + 0.5, version });
  }
  const widthOf = (span: (typeof spans)[number]) => ((span.to - span.from) / runs.length) * plotWidth;
  const named = spans
    .filter((span) => widthOf(span) >= narrowestLabel)
    .map(({ from, to, version }) => ({ at: (from + to) / 2, version }));
  const strip = {
    width: plotWidth,
    height: stripHeight,
    title: { text: 'Envoy', fontSize: 11, fontWeight: 'normal', color: ink.muted, offset: 3 },
    layer: [
      ...[stripShade, ink.noiseBand].map(
        (color, shade): Layer => ({
          data: { values: spans.filter((_, index) => index % 2 === shade) },
          mark: { type: 'rect', stroke: ink.paper, color },
          encoding: { x: y('from'), x2: { field: 'to' } },
        }),
      ),
      {
        data: { values: named },
        mark: { type: 'text', fontSize: 11, color: ink.text },
        encoding: { x, text: { field: 'version', type: 'nominal' } },
      },
    ],
    encoding: { x: { type: 'quantitative', scale: scaleOf(runs), axis: null } },
  };
  return [strip as Plot];
}

function scaleOf({ length }: LineGroup['runs']) {
  return { domain: [-0.5, length - 0.5], nice: false, zero: false };
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

function dayAxis({ runs }: LineGroup, isLast: boolean) {
  const dayOf = dayNamer(runs);
  const step = Math.max(1, Math.ceil(runs.length / mostLabels));
  // From the newest backwards: that one is always named.
  const values = runs.map((_, at) => at).filter((at) => (runs.length - 1 - at) % step === 0);
  return {
    values,
    grid: false,
    labels: isLast,
    labelExpr: `${JSON.stringify(runs.map((run) => dayOf(run).replace(' ', '\n')))}[datum.value]`,
    labelFontSize: 11,
    labelBound: false,
  };
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
