import { plotWidth, rowGap } from '../../../charts/plot.js';
import { channel, type LayerSpec, type PlotSpec, rowsOf } from './types.js';

/** What the names of layers begin with that are there to be pointed at, and are not seen. */
export const targetName = 'target';

// A finger is wider than a dot.
const dotSize = 420;
const lineWidth = 12;

/** A plot whose tooltips are met by pointing near a mark: on the whole row of a bar, around a dot, beside a line. */
export function withTargets(plot: PlotSpec, index: number): PlotSpec {
  const layers = plot.layer ?? [];
  const told = layers.filter((layer) => layer.encoding !== undefined && 'tooltip' in layer.encoding);
  if (told.length === 0) return plot;
  const isOfRows = channel(plot, 'y')?.type === 'nominal' && channel(plot, 'y')?.field === 'variant';
  const targets = isOfRows ? rowTargets(plot, told) : told.flatMap(wideTarget);
  const named = targets.map((layer, place) => ({ ...layer, name: `${targetName}_${index}_${place}` }));
  return { ...plot, layer: [...layers, ...named] };
}

function rowTargets(plot: PlotSpec, told: readonly LayerSpec[]): LayerSpec[] {
  const [first] = told;
  if (first === undefined) return [];
  const all = told.flatMap(rowsOf);
  // A stacked bar has its row in two layers, and of dots of two looks each has some: one target a row, from the top.
  const domain = channel(plot, 'y')?.scale?.domain;
  const names: readonly unknown[] = Array.isArray(domain) ? domain : [];
  const rows = names.flatMap((name) => {
    const found = all.find(({ variant }) => variant === name);
    return found === undefined ? [] : [found];
  });
  return [
    {
      data: { values: rows },
      mark: { type: 'bar', opacity: 0, height: { band: 1 / (1 - rowGap) } },
      encoding: { x: { value: 0 }, x2: { value: plotWidth }, tooltip: first.encoding?.tooltip },
    },
  ];
}

function wideTarget(layer: LayerSpec): LayerSpec[] {
  const { type } = layer.mark ?? {};
  const { color: _, shape: __, strokeDash: ___, ...encoding } = layer.encoding ?? {};
  if (type === 'line') return [{ ...layer, mark: { type, strokeWidth: lineWidth, opacity: 0 }, encoding }];
  if (type === 'point')
    return [{ ...layer, mark: { type, filled: true, size: dotSize, opacity: 0 }, encoding }];
  return [];
}
