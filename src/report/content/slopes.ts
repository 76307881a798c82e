import type { ArmResult, Run, Rung, Slope } from '../../results/schema/index.js';
import { absent, counted, slopeInterval, slopeText, us, usInterval } from '../format/number.js';
import { intervalOf } from './interval.js';
import { bySetting, type Family, type MeasuredArm, type Panel } from './panels.js';
import { missedBy } from './straight.js';

/** An arm with numbers, at its place in a series. */
export interface RungPoint {
  readonly rung: Rung;
  readonly arm: MeasuredArm;
}

/** One variant's line over the rungs of its series. */
export interface SlopeRow {
  readonly slope: Slope;
  /** What the line goes through, the smallest rung first. */
  readonly points: readonly RungPoint[];
  readonly slopeText: string;
  readonly slopeInterval: string;
  readonly interceptText: string;
  readonly interceptInterval: string;
  readonly r2Text: string;
  readonly residualText: string;
  /** The rungs that the line misses; where there are any, it is not straight. */
  readonly missed: readonly Rung[];
  readonly withinNoise: boolean;
}

/** The lines of one family on one Envoy, and who has none. */
export interface SlopeTable {
  /** The family's name, with the Envoy where the run has several. */
  readonly title: string;
  readonly quantity: Rung['quantity'];
  /** The panels of this Envoy, the smallest rung first. */
  readonly panels: readonly Panel[];
  readonly rows: readonly SlopeRow[];
  /** Variants with numbers and without a line: who, and why. */
  readonly missing: readonly { readonly variants: readonly string[]; readonly why: string }[];
}

/** True where the slope is no steeper than what identical arms show over the same rungs. */
function slopeWithinNoise(run: Run, { slopeUs, noiseUs }: Slope): boolean {
  return run.plan.intervals && noiseUs !== null && Math.abs(slopeUs.estimate) <= noiseUs;
}

function pointsOf(slope: Slope, panels: readonly Panel[]): RungPoint[] {
  return panels.flatMap(({ scenario: { rung }, measured }) => {
    const arm = measured.find(({ variant }) => variant === slope.variant);
    return rung === null || arm === undefined || !slope.rungs.includes(rung.value) ? [] : [{ rung, arm }];
  });
}

function rowOf(run: Run, slope: Slope, panels: readonly Panel[]): SlopeRow {
  const { slopeUs, interceptUs, r2, largestResidualUs } = slope;
  const [own, start] = [intervalOf(run, slopeUs), intervalOf(run, interceptUs)];
  const points = pointsOf(slope, panels);
  return {
    slope,
    points,
    slopeText: slopeText(slopeUs.estimate, own),
    slopeInterval: slopeInterval(slopeUs.estimate, own),
    interceptText: us(interceptUs.estimate, start),
    interceptInterval: usInterval(interceptUs.estimate, start),
    r2Text: r2 === null ? absent : r2.toFixed(3),
    residualText: us(largestResidualUs),
    missed: missedBy(run, slope, points).map(({ rung }) => rung),
    withinNoise: slopeWithinNoise(run, slope),
  };
}

function whyMissing(measured: number): string {
  if (measured >= 2) return 'no restart has a number at all of its rungs';
  return `measured at ${counted(measured, 'rung')}, and a line needs two`;
}

function missingOf(panels: readonly Panel[], rows: readonly SlopeRow[]): SlopeTable['missing'] {
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
  const { name, quantity } = family;
  if (quantity === null || family.panels.every(({ measured }) => measured.length === 0)) return [];
  return bySetting(family.panels).flatMap((panels): SlopeTable[] => {
    const [first] = panels;
    if (first === undefined) return [];
    const { envoy, runtime, suffix } = first;
    const own = run.slopes.filter(
      (slope) => slope.family === name && slope.envoy === envoy && slope.runtime === runtime,
    );
    const rows = variantsOf(panels).flatMap(({ variant }) =>
      own.filter((slope) => slope.variant === variant).map((slope) => rowOf(run, slope, panels)),
    );
    return [
      {
        title: suffix === '' ? name : `${name} · ${suffix}`,
        quantity,
        panels,
        rows,
        missing: missingOf(panels, rows),
      },
    ];
  });
}

/** The variants with numbers at some rung, in the order of the panels' rows, so that one is found at the same place. */
export function variantsOf(panels: readonly Panel[]): Pick<ArmResult, 'variant' | 'mechanism'>[] {
  const measured = new Set(panels.flatMap((panel) => panel.measured.map(({ variant }) => variant)));
  const arms = panels.flatMap((panel) => panel.arms);
  return [...new Map(arms.map((arm) => [arm.variant, arm])).values()].filter(({ variant }) =>
    measured.has(variant),
  );
}

/** Who has no line, and why, as a sentence; empty where all have one. */
export function missingText({ missing }: SlopeTable): string {
  return missing.map(({ variants, why }) => `No slope of ${variants.join(', ')}: ${why}.`).join(' ');
}
