import { bothLogarithmic } from '../../../charts/curves/scale.js';
import { dataNumber } from '../../../format/number.js';
import { costAxisOf, rescaled } from './costs.js';
import { hasCurves, redrawn } from './curves.js';
import { filtered } from './filter.js';
import { withTargets } from './targets.js';
import { type ChartSpec, type Choice, channel, type MechanismOf, type PlotSpec } from './types.js';

export { targetName } from './targets.js';
export type { ChartSpec, Choice, CostAxis, MechanismOf } from './types.js';

/**
 * A chart as a reader wants to see it: without hidden mechanisms, costs on the axis of their choice, and with something to point at.
 * Null where nothing of it is left. What it has no knowledge of stays as it was drawn.
 */
export function chosenSpec(spec: ChartSpec, choice: Choice, mechanismOf: MechanismOf): ChartSpec | null {
  const plots = spec.vconcat;
  if (plots === undefined) return spec;
  const isAsDrawn = choice.hidden.size === 0 && choice.axis === 'own';
  const shown = isAsDrawn ? plots : chosenPlots(plots, choice, mechanismOf);
  if (shown.length === 0) return null;
  const changed = { ...spec, vconcat: shown.map(withTargets) };
  const title = spec.title && { ...spec.title, subtitle: subtitleOf(spec, shown, choice) };
  return title === undefined ? changed : { ...changed, title };
}

function chosenPlots(
  plots: readonly PlotSpec[],
  { hidden, axis }: Choice,
  mechanismOf: MechanismOf,
): PlotSpec[] {
  const isLeft = (plot: PlotSpec | null): plot is PlotSpec => plot !== null;
  if (plots.every(hasCurves)) return redrawn(plots, hidden, axis, mechanismOf).filter(isLeft);
  return rescaled(plots.map((plot) => filtered(plot, hidden, mechanismOf)).filter(isLeft), axis);
}

/** What is said of the axes, where they are not as they were drawn. */
function subtitleOf(spec: ChartSpec, shown: readonly PlotSpec[], { axis }: Choice): readonly string[] {
  const said = spec.title?.subtitle ?? [];
  const kept = axis === 'linear' ? said.filter((line) => line !== bothLogarithmic) : said;
  if (axis !== 'log' || said.includes(bothLogarithmic)) return kept;
  const constants = shown.flatMap((plot) => {
    const at = costAxisOf(plot);
    const constant = at === null ? undefined : channel(plot, at)?.scale?.constant;
    return typeof constant === 'number' ? [dataNumber(constant)] : [];
  });
  if (constants.length === 0) return kept;
  const within = [...new Set(constants)].map((constant) => `±${constant}`).join(' and ');
  return [
    ...kept,
    `Costs on logarithms beyond ${within} µs, straight within: read ends by the axis, not lengths`,
  ];
}
