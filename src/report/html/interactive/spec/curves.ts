import { curvePlot } from '../../../charts/curves/plot.js';
import { costScale, numbersWidth, type RungAxis } from '../../../charts/curves/scale.js';
import type { Curve, CurvePoint, Curves } from '../../../charts/curves/types.js';
import { logTicks } from './costs.js';
import {
  type CostAxis,
  channel,
  type LayerSpec,
  type MechanismOf,
  type PlotSpec,
  type Row,
  rowsOf,
} from './types.js';

/** Names beside curves stand in pixels, outside of the scales. */
function isName(layer: LayerSpec): boolean {
  const { scale, value } = channel(layer, 'y') ?? {};
  return scale === null || typeof value === 'number';
}

/** Whether a plot is of curves, whose names must be placed anew whenever the scale changes. */
export function hasCurves(plot: PlotSpec): boolean {
  return (plot.layer ?? []).some((layer) => channel(layer, 'y')?.scale === null);
}

const tipFields = ['estimate', 'interval', 'shares', 'restarts', 'load', 'perRestart'];

function tipIn(row: Row | undefined): Pick<Curve, 'tip'> {
  if (row === undefined || !('perRestart' in row)) return {};
  const fields = tipFields.filter((field) => field in row).map((field) => [field, row[field]]);
  return { tip: Object.fromEntries(fields) };
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

function pointOf(row: Row, whiskers: readonly Row[]): CurvePoint {
  const { rung, us, place } = row;
  const { low, high } = whiskers.find((other) => other.variant === row.variant && other.rung === rung) ?? {};
  return {
    rung: Number(rung),
    us: Number(us),
    label: '',
    ...(isNumber(low) && isNumber(high) && { low, high }),
    ...(typeof place === 'string' && { place }),
    ...tipIn(row),
  };
}

/** The curves that a plot was drawn from. */
export function curvesIn(plot: PlotSpec): Curves {
  const layers = plot.layer ?? [];
  const rows = (type: string, field: string) =>
    layers
      .filter((layer) => !isName(layer) && layer.mark?.type === type && channel(layer, 'y')?.field === field)
      .flatMap(rowsOf);
  const [lines, dots, whiskers] = [rows('line', 'us'), rows('point', 'us'), rows('rule', 'low')];
  const labels = layers.filter((layer) => channel(layer, 'text')?.field === 'label').flatMap(rowsOf);
  const x = channel(plot, 'x');
  const [, baseline = ''] = [plot.title?.subtitle ?? []].flat();
  return {
    title: plot.title?.text ?? '',
    class: 'in-process',
    curves: labels.map((row): Curve => {
      const own = (all: readonly Row[]) => all.filter(({ variant }) => variant === row.variant);
      return {
        variant: String(row.variant),
        mechanism: String(row.mechanism),
        style: Number(row.style),
        label: String(row.label),
        points: own(dots).map((dot) => pointOf(dot, whiskers)),
        line: own(lines).map(({ rung, us }) => ({ rung: Number(rung), us: Number(us) })),
        ...tipIn(own(lines)[0]),
      };
    }),
    x: { title: x?.title ?? '', scale: x?.scale ?? {}, axis: x?.axis ?? {} } as RungAxis,
    isLogarithmic: channel(plot, 'y')?.scale?.type === 'symlog',
    baseline,
    noise: rows('area', 'from').map(({ rung, to }) => ({ rung: Number(rung), us: Number(to) })),
  };
}

/** Plots of curves, drawn anew without hidden mechanisms; null where no curve is left. */
export function redrawn(
  plots: readonly PlotSpec[],
  hidden: ReadonlySet<string>,
  axis: CostAxis,
  mechanismOf: MechanismOf,
): (PlotSpec | null)[] {
  const groups = plots.map((plot): Curves => {
    const all = curvesIn(plot);
    const curves = all.curves.filter(
      ({ variant, mechanism }) => !hidden.has(mechanismOf({ variant, mechanism }) ?? ''),
    );
    return { ...all, curves, isLogarithmic: axis === 'own' ? all.isLogarithmic : axis === 'log' };
  });
  const left = groups.filter(({ curves }) => curves.length > 0);
  const numbers = Math.max(0, ...left.map((group) => numbersWidth(costScale(group))));
  return groups.map((group) =>
    group.curves.length === 0 ? null : withTicks(curvePlot(group, numbers) as unknown as PlotSpec),
  );
}

// Within one decade its powers of ten alone are too few to read a cost by.
const fewestTicks = 4;

function withTicks(plot: PlotSpec): PlotSpec {
  const y = channel(plot, 'y');
  const { domain, constant } = y?.scale ?? {};
  const values = y?.axis?.values;
  if (!Array.isArray(values) || values.length >= fewestTicks || !Array.isArray(domain)) return plot;
  const ticks = logTicks([Number(domain[0]), Number(domain[1])], Number(constant));
  return {
    ...plot,
    encoding: { ...plot.encoding, y: { ...y, axis: { ...y?.axis, values: ticks, tickCount: ticks.length } } },
  };
}
