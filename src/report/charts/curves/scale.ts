import type { Rung } from '../../../results/schema/index.js';
import { dataNumber } from '../../format/number.js';
import { domainOf } from '../domain.js';
import type { Curves } from './types.js';

/** Said of charts whose costs stand on logarithms, too. */
export const bothLogarithmic = 'Both axes are logarithmic, so a straight line looks curved';

/** The scale of the overheads. */
export interface CostScale {
  readonly domain: readonly [number, number];
  readonly type: 'symlog' | 'linear';
  /** Below it a symmetric logarithm is about straight. */
  readonly constant: number;
  readonly ticks: readonly number[] | null;
}

// Room for a dot beyond the dearest arm and the cheapest.
const airOfLogarithms = 1.25;

/**
 * A scale that every curve fits on. From a body's first KiB to its thousandth an overhead grows a hundredfold: on a plain axis only the
 * last rung could be read.
 */
export function costScale({ curves, isLogarithmic }: Pick<Curves, 'curves' | 'isLogarithmic'>): CostScale {
  const reach = curves.flatMap((curve) => [
    ...curve.points.flatMap(({ us, low, high }) => [us, low ?? us, high ?? us]),
    ...curve.line.map(({ us }) => us),
  ]);
  if (!isLogarithmic) return { domain: domainOf(reach), type: 'linear', constant: 1, ticks: null };
  const domain: CostScale['domain'] = [
    dataNumber(Math.min(0, ...reach) * airOfLogarithms),
    dataNumber((Math.max(0, ...reach) || 1) * airOfLogarithms),
  ];
  const least = Math.min(...curves.flatMap((curve) => curve.points.map(({ us }) => Math.abs(us))));
  const constant = 10 ** Math.max(0, Math.floor(Math.log10(least)));
  return { domain, type: 'symlog', constant, ticks: ticksOf(domain, constant) };
}

const decades = [1, 10, 100, 1_000, 10_000, 100_000];
// Of a plot's height: nearer to zero its number would stand on that of the zero.
const leastStep = 0.075;
const fewTicks = 3;

/** Decades, or where there are few of them also what lies between. */
function ticksOf(domain: CostScale['domain'], constant: number): number[] {
  const placeOf = pixels({ domain, type: 'symlog', constant, ticks: null }, 1);
  const isInside = (at: number) =>
    at >= domain[0] && at <= domain[1] && Math.abs(placeOf(at) - placeOf(0)) >= leastStep;
  const [tens, finer] = [[1], [1, 2, 5]].map((steps) =>
    decades.flatMap((decade) => steps.map((step) => decade * step)).filter((at) => at >= constant),
  );
  const above = (tens ?? []).filter(isInside);
  const shown = above.length < fewTicks ? (finer ?? []).filter(isInside) : above;
  const below = (tens ?? []).map((at) => -at).filter(isInside);
  return [...below.toReversed(), 0, ...shown];
}

// Width of a digit at the size of the numbers, with the room for wider fonts; then the tick and the space beside it.
const digitWidth = 7.5;
const besideNumbers = 12;

/** How far the numbers of a scale reach to its left: fixed, for a measured one would differ from plot to plot. */
export function numbersWidth({ domain, ticks }: CostScale): number {
  const longest = (ticks ?? domain.map(Math.round)).map((at) => at.toLocaleString('en-US').length);
  return Math.ceil(Math.max(3, ...longest) * digitWidth + besideNumbers);
}

/** Where a cost stands in a plot of this height, from the top: names are placed outside the scales. */
export function pixels(
  { domain: [low, high], type, constant }: CostScale,
  height: number,
): (us: number) => number {
  const bent = (us: number) => (type === 'symlog' ? Math.sign(us) * Math.log1p(Math.abs(us) / constant) : us);
  return (us) => height * (1 - (bent(us) - bent(low)) / (bent(high) - bent(low)));
}

/** The axis below a plot. */
export interface RungAxis {
  readonly title: string;
  readonly scale: Readonly<Record<string, unknown>>;
  readonly axis: Readonly<Record<string, unknown>>;
}

/** The axis of the rungs: doublings for sizes of a body, plain for filters. */
export function rungAxis(values: readonly number[], quantity: Rung['quantity']): RungAxis {
  const rungs = [...new Set(values)].sort((a, b) => a - b);
  const [least = 1, most = 1] = [rungs.at(0), rungs.at(-1)];
  if (quantity === 'filters') {
    return {
      title: 'filters in a row',
      scale: { domain: [0, dataNumber(most * 1.04)], nice: false },
      axis: { values: rungs, format: 'd' },
    };
  }
  return {
    title: 'size of the body',
    scale: {
      type: 'log',
      base: 2,
      domain: [dataNumber(least / 1.3), dataNumber(most * 1.3)],
      nice: false,
    },
    axis: {
      values: rungs,
      labelExpr: "datum.value < 1024 ? datum.value + ' KiB' : datum.value / 1024 + ' MiB'",
    },
  };
}
