import { dataNumber } from '../../format/number.js';
import { ink } from '../../palette.js';
import { mechanismColour } from '../layers.js';
import { type Layer, plotWidth } from '../plot.js';
import { dash, shape } from './styles.js';
import type { Curves } from './types.js';

/** A variant's name, and its slope under it. */
export const labelHeight = 31;
const leader = 16;
const sample = 20;

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

/** The curves' names beside their ends, each with a piece of its line; they stand outside the scales, so all is in pixels. */
export function names(
  { curves }: Pick<Curves, 'curves'>,
  height: number,
  pixelOf: (us: number) => number,
): Layer[] {
  const ends = curves.map((curve) => pixelOf(curve.line.at(-1)?.us ?? 0));
  const places = spread(ends, height, labelHeight);
  const rows = curves.map(({ variant, mechanism, style, label }, index) => ({
    variant,
    mechanism,
    style,
    label,
    from: dataNumber(ends[index] ?? 0),
    to: dataNumber(places[index] ?? 0),
  }));
  const at = { field: 'to', type: 'quantitative', scale: null } as const;
  const text = (field: 'variant' | 'label', dy: number, size: number, color: string): Layer => ({
    data: { values: rows },
    mark: { type: 'text', align: 'left', baseline: 'middle', dy, fontSize: size, color },
    encoding: { x: { value: plotWidth + leader + sample + 6 }, y: at, text: { field, type: 'nominal' } },
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
        x2: { value: plotWidth + leader + sample },
        y: at,
        color: mechanismColour,
        strokeDash: dash,
      },
    },
    {
      data: { values: rows },
      mark: { type: 'point', filled: true, size: 52, opacity: 1 },
      encoding: { x: { value: plotWidth + leader + sample / 2 }, y: at, color: mechanismColour, shape },
    },
    text('variant', -6, 12, ink.text),
    text('label', 7, 11, ink.muted),
  ];
}
