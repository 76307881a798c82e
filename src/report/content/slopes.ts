import type { Run, Rung, Slope } from '../../results/schema/index.js';
import { absent, counted, slopeInterval, slopeText, us, usInterval } from '../format/number.js';
import { bufferMechanism } from '../palette.js';
import { intervalOf } from './interval.js';
import { type Family, familiesOf, settingText } from './panels.js';
import type { TableCell } from './rows.js';
import { rungText, stepWords } from './rungs.js';

/** One variant's line over the rungs of its series. */
export interface SlopeRow {
  readonly slope: Slope;
  readonly slopeText: string;
  readonly slopeInterval: string;
  readonly interceptText: string;
  readonly interceptInterval: string;
  readonly r2Text: string;
  readonly residualText: string;
  readonly rungsText: string;
  readonly withinNoise: boolean;
}

/** The lines of one family on one Envoy, and who has none. */
export interface SlopeTable {
  /** The family's name, with the Envoy where the run has several. */
  readonly title: string;
  readonly family: string;
  readonly quantity: Rung['quantity'];
  readonly rows: readonly SlopeRow[];
  /** Variants with numbers and without a line: who, and why. */
  readonly missing: readonly { readonly variants: readonly string[]; readonly why: string }[];
}

/** True where the slope is no steeper than what identical arms show over the same rungs. */
function slopeWithinNoise(run: Run, { slopeUs, noiseUs }: Slope): boolean {
  return run.plan.intervals && noiseUs !== null && Math.abs(slopeUs.estimate) <= noiseUs;
}

function rowOf(run: Run, slope: Slope): SlopeRow {
  const { slopeUs, interceptUs, r2, largestResidualUs, rungs, quantity } = slope;
  const [own, start] = [intervalOf(run, slopeUs), intervalOf(run, interceptUs)];
  return {
    slope,
    slopeText: slopeText(slopeUs.estimate, own),
    slopeInterval: slopeInterval(slopeUs.estimate, own),
    interceptText: us(interceptUs.estimate, start),
    interceptInterval: usInterval(interceptUs.estimate, start),
    r2Text: r2 === null ? absent : r2.toFixed(3),
    residualText: us(largestResidualUs),
    rungsText: rungs.map((value) => rungText({ quantity, value })).join(', '),
    withinNoise: slopeWithinNoise(run, slope),
  };
}

function whyMissing(measured: number): string {
  if (measured >= 2) return 'no restart has a number at all of its rungs';
  return `measured at ${counted(measured, 'rung')}, and a line needs two`;
}

function missingOf({ panels }: Family, rows: readonly SlopeRow[]): SlopeTable['missing'] {
  const has = (variant: string) => rows.some(({ slope }) => slope.variant === variant);
  const measured = new Map<string, number>();
  for (const { variant } of panels.flatMap((panel) => panel.measured)) {
    if (!has(variant)) measured.set(variant, (measured.get(variant) ?? 0) + 1);
  }
  const reasons = new Map<string, string[]>();
  for (const [variant, rungs] of measured) {
    const why = whyMissing(rungs);
    reasons.set(why, [...(reasons.get(why) ?? []), variant]);
  }
  return [...reasons].map(([why, variants]) => ({ variants, why }));
}

/** What each rung adds, for one family: a table for each Envoy; none where the family is no series, or nothing was measured. */
export function slopeTablesOf(run: Run, family: Family): SlopeTable[] {
  const { quantity } = family;
  if (quantity === null || family.panels.every(({ measured }) => measured.length === 0)) return [];
  const settings = new Map(family.panels.map((panel) => [settingText(panel), panel]));
  return [...settings.values()].map(({ envoy, runtime, suffix }) => {
    const isOwn = (of: { envoy: string; runtime: string }) => of.envoy === envoy && of.runtime === runtime;
    const panels = family.panels.filter(isOwn);
    // In the order of the panels' rows, so that a variant is found at the same place.
    const variants = [...new Set(panels.flatMap(({ arms }) => arms.map(({ variant }) => variant)))];
    const rows = variants.flatMap((variant) =>
      run.slopes
        .filter((slope) => slope.family === family.name && slope.variant === variant && isOwn(slope))
        .map((slope) => rowOf(run, slope)),
    );
    return {
      title: suffix === '' ? family.name : `${family.name} · ${suffix}`,
      family: family.name,
      quantity,
      rows,
      missing: missingOf({ ...family, panels }, rows),
    };
  });
}

/** The columns after the variant of a table of slopes, in order. */
export function slopeColumns(
  quantity: Rung['quantity'],
): readonly { readonly title: string; readonly cell: (row: SlopeRow) => TableCell }[] {
  const { unit, none } = stepWords[quantity];
  return [
    {
      title: `Slope, ${unit}`,
      cell: (row) => ({
        text: row.slopeText,
        detail: row.slopeInterval,
        remark: row.withinNoise ? 'within noise' : '',
      }),
    },
    {
      title: `Line ${none}, µs`,
      cell: (row) => ({ text: row.interceptText, detail: row.interceptInterval, remark: '' }),
    },
    { title: 'r²', cell: ({ r2Text }) => ({ text: r2Text, detail: '', remark: '' }) },
    {
      title: 'Farthest off, µs',
      cell: ({ residualText }) => ({ text: residualText, detail: '', remark: '' }),
    },
    { title: 'Rungs', cell: ({ rungsText }) => ({ text: rungsText, detail: '', remark: '' }) },
  ];
}

/** Who has no line, and why, as a sentence; empty where all have one. */
export function missingText({ missing }: SlopeTable): string {
  return missing.map(({ variants, why }) => `No slope of ${variants.join(', ')}: ${why}.`).join(' ');
}

/** All tables of a run. */
export function allSlopeTables(run: Run): SlopeTable[] {
  return familiesOf(run).flatMap((family) => slopeTablesOf(run, family));
}

/** `2.31 (wasm/rust)`, or that it lies within the noise. */
function endText({ slope, slopeText: text, withinNoise }: SlopeRow): string {
  return `${withinNoise ? "less than this run's noise" : `${text} µs`} (${slope.variant})`;
}

/** One sentence a table: what each KiB or filter adds, from the flattest to the steepest line. */
export function slopeSentences(run: Run): string[] {
  if (!run.plan.intervals) return [];
  return allSlopeTables(run).flatMap(({ title, quantity, rows }) => {
    const sorted = rows
      .filter(({ slope }) => slope.mechanism !== bufferMechanism)
      .toSorted((a, b) => a.slope.slopeUs.estimate - b.slope.slopeUs.estimate);
    const [first, last] = [sorted.at(0), sorted.at(-1)];
    if (first === undefined || last === undefined) return [];
    const { each } = stepWords[quantity];
    const range = first === last ? endText(first) : `from ${endText(first)} to ${endText(last)}`;
    return [`In ${title} ${each} adds ${range}.`];
  });
}
