import { mean } from 'simple-statistics';
import { linearity } from '../../stats/linearity.js';
import type { ArmIdentity, ArmResult, Rung, ScenarioSummary, Slope } from '../schema/index.js';
import { differenceByRestart, farthestEnd, overBaseline, overTwin } from './differences.js';
import { type EstimateOptions, overRestarts, type PairedSlices, type RestartValue } from './estimates.js';
import type { SampleIndex } from './group.js';

/** An arm of a series, with its place in it. */
interface Placed {
  readonly arm: ArmResult;
  readonly family: string;
  readonly rung: Rung;
}

/** One rung of one variant: its difference in each restart. */
interface Point {
  readonly value: number;
  readonly restarts: ReadonlyMap<number, RestartValue>;
}

type Line = Pick<Slope, 'slopeUs' | 'interceptUs' | 'r2' | 'largestResidualUs' | 'residuals' | 'rungs'>;

/**
 * What each KiB of body or each filter costs, per family, variant, Envoy and runtime: a line through the overheads of each restart by
 * itself, then means and t intervals over restarts. A variant with fewer than two measured rungs has none.
 */
export function slopesOf(
  scenarios: readonly ScenarioSummary[],
  arms: readonly ArmResult[],
  baselineOf: (arm: ArmIdentity) => ArmIdentity | null,
  index: SampleIndex,
  options: EstimateOptions,
): Slope[] {
  const placed = placedIn(scenarios, arms);
  const own = placed.filter(({ arm }) => arm.class !== 'baseline' && arm.twinOf === null);
  const twins = placed.filter(({ arm }) => placed.some((other) => other.arm.id === arm.twinOf));
  return groupsBy(own, seriesKey).flatMap((group): Slope[] => {
    const [first] = group;
    const line = lineOf(
      group.map(({ arm, rung }) => pointOf(rung, overBaseline(arm, baselineOf(arm), index))),
      options,
    );
    if (!first || !line) return [];
    const { family, rung, arm } = first;
    const { mechanism, variant, class: armClass, envoy, runtime } = arm;
    const about = { family, quantity: rung.quantity, mechanism, variant, class: armClass, envoy, runtime };
    const alike = twins.filter((twin) => isAlike(twin, first));
    return [{ ...about, ...line, noiseUs: noiseOf(alike, line.rungs, index, options) }];
  });
}

function placedIn(scenarios: readonly ScenarioSummary[], arms: readonly ArmResult[]): Placed[] {
  return scenarios
    .flatMap(({ name, family, rung }) => (rung === null ? [] : [{ name, family, rung }]))
    .toSorted((a, b) => a.rung.value - b.rung.value)
    .flatMap(({ name, family, rung }) =>
      arms
        .filter(({ scenario, status }) => scenario === name && status === 'valid')
        .map((arm) => ({ arm, family, rung })),
    );
}

function seriesKey({ family, arm }: Placed): string {
  return [family, arm.variant, arm.envoy, arm.runtime].join(' ');
}

function groupsBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

function isAlike(a: Placed, b: Placed): boolean {
  return (
    a.family === b.family &&
    a.arm.envoy === b.arm.envoy &&
    a.arm.runtime === b.arm.runtime &&
    (a.arm.class === 'external') === (b.arm.class === 'external')
  );
}

function pointOf({ value }: Rung, paired: PairedSlices): Point {
  return { value, restarts: differenceByRestart(paired) };
}

/** The line over those points that were measured; null with fewer than two, or where no restart has them all. */
function lineOf(points: readonly Point[], options: EstimateOptions): Line | null {
  const measured = points.filter(({ restarts }) => restarts.size > 0);
  const rungs = measured.map(({ value }) => value);
  if (new Set(rungs).size < 2) return null;
  // A restart that lacks a rung would have the slope of another stretch of the line.
  const whole = [...(measured[0]?.restarts.keys() ?? [])]
    .map((restart) => measured.flatMap(({ restarts }) => restarts.get(restart) ?? []))
    .filter((values) => values.length === rungs.length);
  const fits = whole.map((values) => ({
    ...fitted(
      rungs,
      values.map(({ value }) => value),
    ),
    slices: values.flatMap(({ slices }) => slices),
  }));
  const over = (key: 'slope' | 'intercept') =>
    overRestarts(
      fits.map((fit) => ({ value: fit[key], slices: fit.slices })),
      options,
    );
  const [slopeUs, interceptUs] = [over('slope'), over('intercept')];
  if (!slopeUs || !interceptUs) return null;
  const means = rungs.map((_, rung) => mean(whole.map((values) => values[rung]?.value ?? Number.NaN)));
  const { rSquared, largestResidual } = fitted(rungs, means);
  return {
    slopeUs,
    interceptUs,
    r2: rungs.length > 2 ? rSquared : null,
    largestResidualUs: largestResidual,
    residuals: rungs.length > 2 ? residualsOf(rungs, whole, fits, options) : [],
    rungs,
  };
}

type Fit = Pick<ReturnType<typeof fitted>, 'slope' | 'intercept'>;

/** How far each rung lies from the line of its own restart: what the rungs' noises have in common cancels. */
function residualsOf(
  rungs: readonly number[],
  whole: readonly (readonly RestartValue[])[],
  fits: readonly Fit[],
  options: EstimateOptions,
): Slope['residuals'] {
  return rungs.flatMap((rung, place) => {
    const off = whole.map((values, restart): RestartValue => {
      const { slope, intercept } = fits[restart] ?? { slope: Number.NaN, intercept: Number.NaN };
      const value = (values[place]?.value ?? Number.NaN) - intercept - slope * rung;
      return { value, slices: values[place]?.slices ?? [] };
    });
    const over = overRestarts(off, options);
    return over === null ? [] : [{ rung, us: over.estimate, low: over.low, high: over.high }];
  });
}

function fitted(xs: readonly number[], ys: readonly number[]) {
  return linearity(xs.map((x, position) => ({ x, y: ys[position] ?? Number.NaN })));
}

/** How steep a line A/A pairs show over the same rungs, where nothing should be: the farthest end of their intervals. */
function noiseOf(
  twins: readonly Placed[],
  rungs: readonly number[],
  index: SampleIndex,
  options: EstimateOptions,
): number | null {
  const farthest = groupsBy(twins, seriesKey).flatMap((group) => {
    const points = group
      .filter(({ rung }) => rungs.includes(rung.value))
      .map(({ arm, rung }) => pointOf(rung, overTwin(arm, index)));
    const line = lineOf(points, options);
    return line && line.rungs.length === rungs.length ? farthestEnd(line.slopeUs) : [];
  });
  return farthest.length === 0 ? null : Math.max(...farthest);
}
