import { type Channel, channel, type LayerSpec, type MechanismOf, type PlotSpec, rowsOf } from './types.js';

/** A plot without the rows of hidden mechanisms, its bands and its size with it; null where no row is left. */
export function filtered(
  plot: PlotSpec,
  hidden: ReadonlySet<string>,
  mechanismOf: MechanismOf,
): PlotSpec | null {
  const layers = plot.layer ?? [];
  const isKept = (row: Parameters<MechanismOf>[0]) => !hidden.has(mechanismOf(row) ?? '');
  const told = layers.flatMap(rowsOf).filter((row) => mechanismOf(row) !== undefined);
  const kept = told.filter(isKept);
  if (told.length > 0 && kept.length === 0) return null;
  if (kept.length === told.length) return plot;
  const layer = layers.flatMap((each): LayerSpec[] => {
    const rows = rowsOf(each);
    const left = rows.filter(isKept);
    if (rows.length > 0 && left.length === 0) return [];
    return rows.length === left.length ? [each] : [{ ...each, data: { ...each.data, values: left } }];
  });
  const shrunk = { ...plot, layer };
  return (['x', 'y'] as const).reduce((so, axis) => withoutEmptyBands(so, axis, told, kept), shrunk);
}

const extents = { x: 'width', y: 'height' } as const;

/** Takes the names that only hidden rows had out of an axis of names, and their room out of the plot. */
function withoutEmptyBands<P extends PlotSpec>(
  plot: P,
  axis: 'x' | 'y',
  told: readonly Readonly<Record<string, unknown>>[],
  kept: readonly Readonly<Record<string, unknown>>[],
): P {
  const names = channel(plot, axis);
  const { field, scale } = names ?? {};
  const domain = scale?.domain;
  if (field === undefined || names?.type !== 'nominal' || !Array.isArray(domain)) return plot;
  const left = new Set(kept.map((row) => row[field]));
  const gone = new Set(told.map((row) => row[field]).filter((name) => !left.has(name)));
  const shown = domain.filter((name) => !gone.has(name));
  const size = plot[extents[axis]];
  const narrowed: Channel = { ...names, scale: { ...scale, domain: shown } };
  return {
    ...plot,
    ...(typeof size === 'number' && { [extents[axis]]: (size * shown.length) / domain.length }),
    encoding: { ...plot.encoding, [axis]: narrowed },
  };
}
