import { domainOf } from '../../../charts/domain.js';
import { dataNumber } from '../../../format/number.js';
import { type Channel, type CostAxis, channel, type PlotSpec, rowsOf } from './types.js';

/** Which axis of a plot is of costs, which begin at zero; null where none is. Shares of throughput are no costs. */
export function costAxisOf(plot: PlotSpec): 'x' | 'y' | null {
  const isOfCosts = (axis: 'x' | 'y') => {
    const { title, type, scale } = channel(plot, axis) ?? {};
    const known = scale?.type === undefined || scale.type === 'linear' || scale.type === 'symlog';
    return type === 'quantitative' && known && Array.isArray(scale?.domain) && /^µs\b/.test(title ?? '');
  };
  return (['x', 'y'] as const).find(isOfCosts) ?? null;
}

/** Every number that the layers put on an axis. */
function valuesOn(plot: PlotSpec, axis: 'x' | 'y'): number[] {
  return (plot.layer ?? []).flatMap((layer) =>
    [axis, `${axis}2`].flatMap((name) => {
      const { field, scale } = channel(layer, name) ?? {};
      if (field === undefined || scale === null) return [];
      return rowsOf(layer)
        .map((row) => row[field])
        .filter((value) => typeof value === 'number');
    }),
  );
}

// Room beyond the dearest arm, where costs stand on logarithms.
const air = 1.2;

/** Where a logarithm through zero goes over into a straight line: 1 µs, or less where nearly all costs are smaller. */
export function straightBelow(values: readonly number[]): number {
  const sizes = values
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort((a, b) => a - b);
  const middle = sizes[Math.floor(sizes.length / 2)] ?? 1;
  return Math.min(1, 10 ** Math.floor(Math.log10(middle)));
}

// Shares of an axis: nearer to each other, numbers would run together.
const leastGap = 0.11;
const leastGapToZero = 0.09;

/** Numbers for an axis of logarithms through zero: zero, powers of ten, and 2 and 5 or 3 between them where there is room. */
export function logTicks([low, high]: readonly [number, number], constant: number): number[] {
  const bent = (value: number) => Math.sign(value) * Math.log1p(Math.abs(value) / constant);
  const span = bent(high) - bent(low);
  const decades = Array.from({ length: 12 }, (_, power) => constant * 10 ** power);
  const within = (steps: readonly number[]) => {
    const sizes = decades.flatMap((decade) => steps.map((step) => dataNumber(decade * step)));
    return [...sizes.map((size) => -size).reverse(), 0, ...sizes].filter((at) => at >= low && at <= high);
  };
  const isAiry = (ticks: readonly number[]) =>
    ticks.every((tick, index) => index === 0 || bent(tick) - bent(ticks[index - 1] ?? 0) >= leastGap * span);
  const airy = [[1, 2, 5], [1, 3], [1]].map(within).find(isAiry);
  return airy ?? within([1]).filter((tick) => tick === 0 || Math.abs(bent(tick)) >= leastGapToZero * span);
}

function logarithmic(costs: Channel, values: readonly number[], constant: number): Channel {
  const domain = [Math.min(0, ...values) * air, (Math.max(0, ...values) || 1) * air].map(dataNumber);
  const ends: [number, number] = [domain[0] ?? 0, domain[1] ?? 1];
  const ticks = logTicks(ends, constant);
  const { zero: _, ...scale } = costs.scale ?? {};
  return {
    ...costs,
    scale: { ...scale, type: 'symlog', constant, domain: ends },
    axis: {
      ...costs.axis,
      values: ticks,
      // Vega thins out more than these, zero first of all, and rounds small ones to zero.
      tickCount: ticks.length,
      labelExpr: "format(datum.value, ',~r')",
      labelOverlap: false,
    },
  };
}

/**
 * The plots of a chart on axes that fit what they still hold; those that had one scale together keep one together.
 * Bars begin at zero, which a logarithm has not: theirs is straight about zero and a logarithm beyond.
 */
export function rescaled(plots: readonly PlotSpec[], axis: CostAxis): PlotSpec[] {
  const costs = plots.map((plot) => {
    const at = costAxisOf(plot);
    const own = at === null ? undefined : channel(plot, at);
    return { at, own, key: JSON.stringify([at, own?.scale]), values: at === null ? [] : valuesOn(plot, at) };
  });
  const constant = straightBelow(costs.flatMap(({ values }) => values));
  return plots.map((plot, index) => {
    const { at, own, key } = costs[index] ?? {};
    if (at === undefined || at === null || own === undefined) return plot;
    const values = costs.filter((other) => other.key === key).flatMap((other) => other.values);
    const scaled: Channel =
      axis === 'log'
        ? logarithmic(own, values, constant)
        : { ...own, scale: { ...own.scale, domain: domainOf(values) } };
    return { ...plot, encoding: { ...plot.encoding, [at]: scaled } };
  });
}
