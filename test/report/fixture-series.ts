import type { ArmResult, Estimate, Run, Rung, Slope } from '../../src/results/schema/index.js';
import { linearity } from '../../src/stats/linearity.js';
import { armsOf } from './fixture-arms.js';
import { estimator, noise } from './fixture-estimates.js';
import { fixtureRun } from './fixture-run.js';
import { envoy } from './fixture-truths.js';

interface Line {
  readonly startUs: number;
  readonly stepUs: number;
}

// What each variant adds at nothing, and for each KiB; for each filter it adds its start once more.
const lines: Readonly<Record<string, Line>> = {
  cpp: { startUs: 2.1, stepUs: 0.41 },
  lua: { startUs: 6.2, stepUs: 1.92 },
  'wasm/rust': { startUs: 9.8, stepUs: 0.87 },
  'dynamic-module/rust': { startUs: 2.4, stepUs: 0.22 },
  'ext-proc/rust': { startUs: 96, stepUs: 1.71 },
  'ext-proc/rust-uds': { startUs: 81, stepUs: 1.42 },
  'ext-authz/rust-grpc': { startUs: 71, stepUs: 1.15 },
  'ext-authz/rust-grpc-uds': { startUs: 60, stepUs: 0.94 },
  'ext-authz/rust-http': { startUs: 74, stepUs: 0.88 },
};

const families = [
  { family: 'model-routing', title: 'Route by the model', quantity: 'bodyKiB', values: [1, 16, 128, 1_024] },
  { family: 'chain', title: 'Filters in a row', quantity: 'filters', values: [1, 2, 4, 8] },
] as const;

function suffixOf({ quantity, value }: Rung): string {
  if (quantity === 'filters') return String(value);
  return value === 1_024 ? '1m' : `${value}k`;
}

function overheadUs(arm: ArmResult, { quantity, value }: Rung): number {
  const { startUs, stepUs } = lines[arm.variant]!;
  return quantity === 'bodyKiB' ? startUs + stepUs * value : startUs * value;
}

/** The arms of the plain fixture with the overheads of a rung. */
function rungArms(scenario: string, rung: Rung, est: ReturnType<typeof estimator>): ArmResult[] {
  return armsOf(scenario, 0, est).map((arm) => {
    if (arm.overhead === null || lines[arm.variant] === undefined) return arm;
    const spread = 0.6 + overheadUs(arm, rung) * 0.03;
    const totalCpuUs = est(overheadUs(arm, rung), spread);
    const cpuUs = arm.class === 'external' ? est(totalCpuUs.estimate * 0.6, spread) : totalCpuUs;
    return { ...arm, overhead: { ...arm.overhead, cpuUs, totalCpuUs } };
  });
}

function over(estimates: readonly Estimate[], perRestart: number[], intervals: boolean): Estimate {
  const mean = perRestart.reduce((sum, value) => sum + value, 0) / perRestart.length;
  const variance =
    perRestart.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, perRestart.length - 1);
  const half = 2.2 * Math.sqrt(variance / perRestart.length);
  return {
    ...estimates[0]!,
    estimate: mean,
    low: intervals ? mean - half : null,
    high: intervals ? mean + half : null,
    median: mean,
    perRestart,
  };
}

export function slopeOf(
  own: readonly ArmResult[],
  rungs: readonly Rung[],
  family: string,
  intervals: boolean,
): Slope {
  const [first] = own;
  const totals = own.map((arm) => arm.overhead!.totalCpuUs);
  const fits = totals[0]!.perRestart.map((_, restart) =>
    linearity(rungs.map(({ value }, index) => ({ x: value, y: totals[index]!.perRestart[restart]! }))),
  );
  const residuals = rungs.map(({ value }, index) => {
    const off = fits.map(
      ({ slope, intercept }, restart) => totals[index]!.perRestart[restart]! - intercept - slope * value,
    );
    const { estimate, low, high } = over(totals, off, intervals);
    return { rung: value, us: estimate, low, high };
  });
  const means = linearity(rungs.map(({ value }, index) => ({ x: value, y: totals[index]!.estimate })));
  const { mechanism, variant, class: armClass, runtime } = first!;
  return {
    family,
    quantity: rungs[0]!.quantity,
    mechanism,
    variant,
    class: armClass,
    envoy,
    runtime,
    slopeUs: over(
      totals,
      fits.map(({ slope }) => slope),
      intervals,
    ),
    interceptUs: over(
      totals,
      fits.map(({ intercept }) => intercept),
      intervals,
    ),
    r2: means.rSquared,
    largestResidualUs: means.largestResidual,
    residuals,
    rungs: rungs.map(({ value }) => value),
    noiseUs: intervals ? (rungs[0]!.quantity === 'bodyKiB' ? 0.25 : 0.1) : null,
  };
}

/** The plain run with two series more: bodies of four sizes, and one to eight filters in a row. */
export function seriesRun(profile: Run['profile'] = 'quick'): Run {
  const run = fixtureRun(profile);
  const { intervals } = run.plan;
  const est = estimator(run.plan.restarts, intervals, noise(7));
  const series = families.map(({ family, title, quantity, values }) => {
    const rungs = values.map((value): Rung => ({ quantity, value }));
    const scenarios = rungs.map((rung) => ({
      name: `${family}-${suffixOf(rung)}`,
      title,
      summary: `${title}, at each size.`,
      family,
      rung,
    }));
    const arms = scenarios.map(({ name, rung }) => rungArms(name, rung, est));
    const variants = arms[0]!.filter(({ variant, twinOf }) => twinOf === null && variant in lines);
    const slopes = variants.map(({ variant }) =>
      slopeOf(
        arms.map((each) => each.find((arm) => arm.variant === variant && arm.twinOf === null)!),
        rungs,
        family,
        intervals,
      ),
    );
    return { scenarios, arms: arms.flat(), slopes };
  });
  const scenarios = series.flatMap((each) => each.scenarios);
  const floor = (cpuUs: number) =>
    intervals ? { cpuUs, p50Us: null, throughputRatio: 0.02, pairs: ['twin'] } : null;
  return {
    ...run,
    // As somebody could name them: a report must put them in order.
    scenarios: [...run.scenarios, ...scenarios.toReversed()],
    arms: [...run.arms, ...series.flatMap((each) => each.arms)],
    slopes: series.flatMap((each) => each.slopes),
    rungNoiseFloors: scenarios.map(({ name, rung }) => ({
      scenario: name,
      inProcess: floor(0.5 + rung.value * 0.02),
      external: floor(2 + rung.value * 0.03),
    })),
  };
}
