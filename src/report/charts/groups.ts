import type { Estimate, Run } from '../../results/schema/index.js';
import { intervalOf } from '../content/interval.js';
import { type NoiseMetric, noiseOf, withinNoise } from '../content/noise.js';
import type { Family, MeasuredArm, Panel } from '../content/panels.js';
import { newestPanelsOf } from '../content/versions.js';
import { dataNumber, usPlusMinus } from '../format/number.js';
import { domainOf } from './domain.js';
import { baselineRule, noiseBand, type RowValue } from './layers.js';
import { type Layer, nameColumn, type Plot, plot } from './plot.js';
import { cpuWords, p50Words } from './tip-words.js';
import { tipOf } from './tips.js';

export { domainOf } from './domain.js';

/** The arms of one panel and one class: in-process costs and those of servers need scales of their own. */
export interface Group {
  readonly panel: Panel;
  readonly class: 'in-process' | 'external';
  readonly arms: readonly MeasuredArm[];
}

/** The classes in the order in which charts show them. */
export const classes = ['in-process', 'external'] as const;

/**
 * Panel by panel, the measured in-process arms and then the external ones. Of a scenario on several Envoys
 * the newest only.
 */
export function groupsOf(family: Family, keep: (arm: MeasuredArm) => boolean = () => true): Group[] {
  return newestPanelsOf(family).flatMap((panel) =>
    classes.flatMap((each) => {
      const arms = panel.measured.filter((arm) => arm.class === each && keep(arm));
      return arms.length === 0 ? [] : [{ panel, class: each, arms }];
    }),
  );
}

/** What one chart draws into the plot of a group. */
export interface GroupDrawing {
  readonly metric: NoiseMetric;
  readonly axisTitle: string;
  /** What zero is, in words. */
  zero(group: Group): string | null;
  /** The values that the scale must hold. */
  reach(group: Group): readonly number[];
  /** What lies between the noise band and the baseline's line, and what lies over both. */
  under(group: Group): readonly Layer[];
  over(group: Group): readonly Layer[];
}

/** `noop · in-process`. */
export function groupTitle(group: Group): string {
  return `${group.panel.title} · ${classText(group.class)}`;
}

/** A class in a plot's title. */
export function classText(each: Group['class']): string {
  return each === 'external' ? 'external server' : 'in-process';
}

/** Which plots have scales of their own, as a line; none where there is one class only. */
export function scalesLine(groups: readonly { readonly class: Group['class'] }[]): string[] {
  const both = new Set(groups.map((group) => group.class)).size > 1;
  return both ? ['In-process and external have scales of their own'] : [];
}

/** What a chart of CPU is of, under which load, and which plots have scales of their own. */
export function cpuLines(
  run: Run,
  groups: readonly { readonly class: Group['class'] }[],
  what = 'µs of CPU per request',
): string[] {
  return [`${what}; closed loop, ${run.plan.connections} connections`, ...scalesLine(groups)];
}

function heldOf({ class: each, panel }: Group) {
  return { class: each, scenario: panel.scenario.name };
}

function subtitleOf(run: Run, group: Group, zero: string | null, metric: NoiseMetric): string {
  const noise = noiseOf(run, heldOf(group), metric);
  const baseline =
    zero === null
      ? 'over the same Envoy without the filter'
      : `over the same Envoy without the filter: ${zero}`;
  return noise === null ? baseline : `${baseline} · noise floor ±${usPlusMinus(noise, null)} µs`;
}

/** The row of an estimate in µs, with its label at the right. */
export function usRow(run: Run, arm: MeasuredArm, estimate: Estimate, metric: NoiseMetric): RowValue {
  const interval = intervalOf(run, estimate);
  const label = usPlusMinus(estimate.estimate, interval);
  return {
    variant: arm.variant,
    mechanism: arm.mechanism,
    value: dataNumber(estimate.estimate),
    ...(interval && { low: dataNumber(interval.low), high: dataNumber(interval.high) }),
    label: withinNoise(run, arm, metric) ? `${label} (within noise)` : label,
    tip: tipOf(run, estimate, metric === 'p50Us' ? p50Words : cpuWords),
  };
}

/** A plot for each group, with the noise band and the baseline's line; groups of one class share a scale. */
export function groupPlots(run: Run, groups: readonly Group[], drawing: GroupDrawing): Plot[] {
  const names = nameColumn(groups.flatMap(({ arms }) => arms.map(({ variant }) => variant)));
  return groups.map((group) => {
    const variants = group.arms.map(({ variant }) => variant);
    const noise = noiseOf(run, heldOf(group), drawing.metric);
    const alike = groups.filter((other) => other.class === group.class);
    const band =
      noise === null ? [] : [noiseBand(variants.map((variant) => ({ variant, from: -noise, to: noise })))];
    return plot(
      {
        title: groupTitle(group),
        subtitle: subtitleOf(run, group, drawing.zero(group), drawing.metric),
        variants,
        domain: domainOf([...alike.flatMap((other) => drawing.reach(other)), -(noise ?? 0), noise ?? 0]),
        axisTitle: drawing.axisTitle,
        layers: [...band, ...drawing.under(group), baselineRule(0), ...drawing.over(group)],
      },
      names,
    );
  });
}

/** Every value and interval end of some rows. */
export function endsOf(rows: readonly RowValue[]): number[] {
  return rows.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]);
}
