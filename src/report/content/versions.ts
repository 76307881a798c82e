import { compareVersions } from '../../envoy/version.js';
import type { Run, VersionChange } from '../../results/schema/index.js';
import { us, usHalfWidth, usPlusMinus } from '../format/number.js';
import { cell, nothing, overheadCell, type TableCell } from './cells.js';
import { intervalOf } from './interval.js';
import type { Family, MeasuredArm, Panel } from './panels.js';
import { baselineCell } from './rows.js';
import type { SeriesTable } from './series.js';

/** The panels of one scenario on several Envoys, the oldest version first. */
export interface VersionSeries {
  readonly title: string;
  readonly scenario: string;
  readonly panels: readonly Panel[];
  /** Who has numbers on any of them, in mechanism order. */
  readonly arms: readonly MeasuredArm[];
}

/** A series of versions for each scenario that was measured on several Envoys. */
export function versionSeriesOf({ panels }: Family): VersionSeries[] {
  const keyOf = ({ scenario, runtime }: Panel) => `${scenario.name} ${runtime}`;
  return [...new Set(panels.map(keyOf))].flatMap((key) => {
    const own = panels
      .filter((panel) => keyOf(panel) === key && panel.measured.length > 0)
      .toSorted((a, b) => compareVersions(a.envoy, b.envoy));
    const [first] = own;
    if (first === undefined || own.length < 2) return [];
    const arms = own.flatMap(({ measured }) => measured);
    const isFirst = (arm: MeasuredArm) => arms.find(({ variant }) => variant === arm.variant) === arm;
    const { name } = first.scenario;
    const runtimes = new Set(panels.map(({ runtime }) => runtime));
    return [
      {
        title: runtimes.size > 1 ? `${name}, ${first.runtime}` : name,
        scenario: name,
        panels: own,
        arms: arms.filter(isFirst),
      },
    ];
  });
}

/** Of each scenario the panel of the newest Envoy: `versions` shows all of them in one chart, and the rest is in the tables. */
export function newestPanelsOf(family: Family): Panel[] {
  const older = versionSeriesOf(family).flatMap(({ panels }) => panels.slice(0, -1));
  return family.panels.filter((panel) => !older.includes(panel));
}

/** The tables of a family over versions; none where it was measured on one Envoy. */
export function versionTablesOf(run: Run, family: Family): SeriesTable[] {
  return versionSeriesOf(family).map((series) => tableOf(run, series));
}

function tableOf(run: Run, { title, scenario, panels, arms }: VersionSeries): SeriesTable {
  const [first, last] = [panels.at(0)?.envoy ?? '', panels.at(-1)?.envoy ?? ''];
  const runtime = panels[0]?.runtime;
  const changes = (run.versionChanges ?? []).filter(
    (change) => change.scenario === scenario && change.runtime === runtime,
  );
  const baselines = panels.map(baselineCell);
  return {
    title,
    caption:
      `µs of CPU per request in ${title}: what each Envoy spends without the filter, what each variant adds to it, ` +
      `and by how much more it adds on ${last} than on ${first}.`,
    heads: [...panels.map(({ envoy }) => envoy), `${last} − ${first}`],
    rows: [
      { arm: null, cells: [...baselines, nothing] },
      ...arms.map((arm) => {
        const whole = changes.find(
          (each) => each.variant === arm.variant && each.from === first && each.to === last,
        );
        const overheads = panels.map((panel) => overheadCell(run, panel, arm.variant));
        return { arm, cells: [...overheads, whole ? changeCell(run, whole) : nothing] };
      }),
    ],
    footnote: footnoteOf(run, changes),
  };
}

/** What surely changed between versions, in words. */
function footnoteOf(run: Run, changes: readonly VersionChange[]): string {
  if (!run.plan.intervals) return '';
  const sure = changes.filter(({ changed }) => changed).map((change) => changeText(run, change));
  return sure.length === 0 ? 'No change between versions is sure.' : `Changed: ${sure.join('; ')}.`;
}

/** `dynamic-module/rust adds 0.82 ±0.31 µs more on 1.38.2 than on 1.37.0`. */
function changeText(run: Run, { variant, from, to, totalCpuUs }: VersionChange): string {
  const by = usPlusMinus(Math.abs(totalCpuUs.estimate), intervalOf(run, totalCpuUs));
  const way = totalCpuUs.estimate < 0 ? 'less' : 'more';
  return `${variant} adds ${by} µs ${way} on ${to} than on ${from}`;
}

function changeCell(run: Run, { totalCpuUs, changed }: VersionChange): TableCell {
  const interval = intervalOf(run, totalCpuUs);
  const sign = totalCpuUs.estimate > 0 ? '+' : '';
  const remark = !run.plan.intervals ? '' : changed ? 'changed' : 'no sure change';
  return cell(sign + us(totalCpuUs.estimate, interval), usHalfWidth(totalCpuUs.estimate, interval), remark);
}
