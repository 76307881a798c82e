import type { ArmResult, Run } from '../../../results/schema/index.js';
import { noticeOf } from '../../content/headline.js';
import { withinNoise } from '../../content/noise.js';
import type { MeasuredArm, Panel } from '../../content/panels.js';
import { baselineText } from '../../content/rows.js';
import { newestSetting } from '../../content/setting.js';
import { bufferMechanism, mechanismRank } from '../../palette.js';
import { usRow } from '../groups.js';
import type { RowValue } from '../layers.js';

/** What one mechanism costs in a scenario, by the variant of it that costs least there. */
export interface CostRow extends RowValue {
  readonly isWithinNoise: boolean;
}

/** A mechanism that has no number there, and why in a word. */
export interface MissingRow {
  readonly variant: string;
  readonly label: string;
}

/** One scenario: a row a mechanism, in the same order everywhere. */
export interface CostPanel {
  readonly title: string;
  /** What the baseline spends; may be empty. */
  readonly subtitle: string;
  readonly names: readonly string[];
  readonly rows: readonly CostRow[];
  readonly missing: readonly MissingRow[];
}

/** Where the costs are from, and every scenario of the run that has one: on the newest Envoy, in the first runtime. */
export interface Costs {
  /** `Envoy 1.40.0`; empty where the run has but one. */
  readonly where: string;
  /** Whether scenarios within a series were left out. */
  readonly isCut: boolean;
  readonly panels: readonly CostPanel[];
}

/** What each mechanism costs at its cheapest, scenario by scenario; null where nothing has a number, or costs are injected. */
export function costsOf(run: Run): Costs | null {
  const setting = newestSetting(run);
  if (setting === null || run.calibration !== null) return null;
  const mechanisms = [
    ...new Set(setting.panels.flatMap(({ arms }) => arms.map(({ mechanism }) => mechanism))),
  ]
    // What only buffers is no filter of anybody's.
    .filter((mechanism) => mechanism !== bufferMechanism)
    .toSorted((a, b) => mechanismRank(a) - mechanismRank(b));
  const shown = setting.panels.filter(isEndOfSeries);
  const panels = shown.map((panel) => panelOf(run, panel, mechanisms)).filter(({ rows }) => rows.length > 0);
  if (panels.length === 0) return null;
  const isOne = new Set(run.arms.map(({ envoy, runtime }) => `${envoy} ${runtime}`)).size === 1;
  return {
    where: isOne ? '' : `Envoy ${setting.envoy}, ${setting.runtime}`,
    isCut: shown.length < setting.panels.length,
    panels,
  };
}

// What lies between the ends of a series is told by its curves.
function isEndOfSeries({ scenario }: Panel, place: number, all: readonly Panel[]): boolean {
  const isNext = (panel: Panel | undefined) =>
    scenario.rung !== null && panel?.scenario.rung !== null && panel?.scenario.family === scenario.family;
  return !isNext(all[place - 1]) || !isNext(all[place + 1]);
}

function panelOf(run: Run, panel: Panel, mechanisms: readonly string[]): CostPanel {
  const all = mechanisms.map((mechanism) => {
    const cheapest = cheapestOf(panel, mechanism);
    return cheapest === null
      ? { row: null, missing: { variant: mechanism, label: whyMissing(panel, mechanism) } }
      : { row: rowOf(run, cheapest), missing: null };
  });
  const spent = baselineText(panel);
  return {
    title: panel.scenario.name,
    subtitle: spent === null ? '' : `without the filter ${spent}`,
    names: all.flatMap(({ row, missing }) => (row ?? missing)?.variant ?? []),
    rows: all.flatMap(({ row }) => row ?? []),
    missing: all.flatMap(({ missing }) => missing ?? []),
  };
}

/** Of equals the one that is listed first. */
function cheapestOf({ measured }: Panel, mechanism: string): MeasuredArm | null {
  const own = measured.filter((arm) => arm.mechanism === mechanism);
  const costUs = ({ overhead }: MeasuredArm) => overhead.totalCpuUs.estimate;
  return own.toSorted((a, b) => costUs(a) - costUs(b))[0] ?? null;
}

function rowOf(run: Run, arm: MeasuredArm): CostRow {
  return {
    ...usRow(run, arm, arm.overhead.totalCpuUs, 'totalCpuUs'),
    isWithinNoise: withinNoise(run, arm, 'totalCpuUs'),
  };
}

function whyMissing({ arms }: Panel, mechanism: string): string {
  const wordOf = ({ status }: ArmResult) => (status === 'valid' ? 'no number' : status);
  const words = new Set(arms.filter((arm) => arm.mechanism === mechanism).map(wordOf));
  return words.size === 0 ? 'not asked for' : [...words].join(', ');
}

/** What must be known to read the chart. */
export function costsSubtitle(run: Run, { where, panels, isCut }: Costs): string[] {
  const { connections, intervals } = run.plan;
  const load = `Closed loop, ${connections} connections${where === '' ? '' : `, ${where}`}`;
  const lines = [
    'µs of CPU per request over the same Envoy without the filter',
    `${load}; of Envoy and its server together`,
    'The scale is even up to 1 µs, then goes by tens',
    'Of each mechanism the variant that adds least in that scenario',
    ...(isCut ? ['Of a series its two ends: its curves show what lies between'] : []),
  ];
  if (!intervals) return [...lines, noticeOf(run)];
  const hollow = 'Hollow: no more than identical arms differed by';
  const isAnyHollow = panels.some(({ rows }) => rows.some(({ isWithinNoise }) => isWithinNoise));
  return [...lines, 'Whisker: interval, where it is wider than the dot', ...(isAnyHollow ? [hollow] : [])];
}
