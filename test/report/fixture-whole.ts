import type { ArmResult, Run, Rung, Slope, Warning } from '../../src/results/schema/index.js';
import { measured, unmeasured } from './fixture-arms.js';
import { comparisonsOf } from './fixture-comparisons.js';
import { estimator, noise } from './fixture-estimates.js';
import { fixtureRun } from './fixture-run.js';
import { slopeOf } from './fixture-series.js';
import { externalTruth, inProcessTruth, type Truth } from './fixture-truths.js';

/** One variant: what it costs to be there, and how many times a plain scan its work on a body costs. */
interface Known {
  readonly truth: Truth;
  readonly perKiB: number;
}

const inProcess = (mechanism: string, variant: string, us: number, perKiB: number): Known => ({
  truth: inProcessTruth(mechanism, variant, [us, us * 1.6, us * 1.9], us * 1.2),
  perKiB,
});
const external = (variant: string, us: number, serverUs: number, perKiB: number): Known => ({
  truth: externalTruth(variant, us, serverUs, us * 1.9),
  perKiB,
});

const buffer: Known = {
  truth: { ...inProcessTruth('baseline', 'baseline+buffer', [0.9, 0.9, 0.9], 1), mechanism: 'baseline' },
  perKiB: 0.06,
};

const variants: readonly Known[] = [
  inProcess('cpp', 'cpp', 1.1, 0.41),
  inProcess('lua', 'lua', 2.6, 1.92),
  inProcess('wasm', 'wasm/rust', 3.8, 0.87),
  inProcess('wasm', 'wasm/c', 3.5, 0.74),
  inProcess('wasm', 'wasm/assemblyscript', 5.9, 1.61),
  inProcess('wasm', 'wasm/go', 9.4, 2.85),
  inProcess('dynamic-module', 'dynamic-module/rust', 1.3, 0.22),
  inProcess('dynamic-module', 'dynamic-module/c', 1.2, 0.2),
  inProcess('dynamic-module', 'dynamic-module/go', 4.4, 0.31),
  external('ext-proc/rust', 41, 22, 1.71),
  external('ext-proc/rust-uds', 44, 23, 1.42),
  external('ext-proc/rust-streamed', 46, 28, 1.55),
  external('ext-proc/rust-duplex', 48, 30, 1.63),
  external('ext-proc/typescript', 52, 96, 2.9),
  external('ext-proc/go', 45, 61, 2.2),
  external('ext-authz/rust-grpc', 31, 18, 1.15),
  external('ext-authz/rust-grpc-uds', 33, 18, 0.94),
  external('ext-authz/rust-http', 34, 13, 0.88),
  external('ext-authz/typescript-grpc', 39, 71, 2.1),
];

const plain = [
  ['noop', 'Do nothing'],
  ['headers', 'Change headers'],
  ['access', 'Access control by key'],
  ['lookup', 'Look a tenant up'],
  ['jwt', 'Verify a token'],
  ['limit', 'Limit the rate'],
] as const;

const series = [
  {
    family: 'chain',
    title: 'Several of the same filter in a row',
    quantity: 'filters',
    values: [1, 2, 4, 8],
    weight: 1,
  },
  {
    family: 'model-routing',
    title: 'Route by a field of the JSON body',
    quantity: 'bodyKiB',
    values: [1, 16, 128, 1_024],
    weight: 0.4,
  },
  {
    family: 'inspect',
    title: 'Refuse a body',
    quantity: 'bodyKiB',
    values: [1, 16, 128, 1_024],
    weight: 0.7,
  },
  {
    family: 'json-rewrite',
    title: 'Replace a field of a JSON body',
    quantity: 'bodyKiB',
    values: [1, 16, 128, 1_024],
    weight: 1.1,
  },
  {
    family: 'redact',
    title: 'Mask a body, both ways',
    quantity: 'bodyKiB',
    values: [1, 16, 128, 1_024],
    weight: 1.6,
  },
] as const;
type Series = (typeof series)[number];

function whyNot(variant: string, scenario: string): string | null {
  const bodies = /^(model|inspect|json|redact)/.test(scenario);
  if (variant === 'cpp' && /^(inspect|redact)/.test(scenario))
    return 'no built-in filter looks for that in a body';
  if (/streamed|duplex/.test(variant) && !bodies)
    return 'the job looks at no body, and without one ext_proc has no other mode';
  if (variant.endsWith('streamed') && !scenario.startsWith('redact'))
    return 'in STREAMED mode each chunk goes on once it is answered';
  if (/^ext-authz/.test(variant) && /^(noop|json|redact)/.test(scenario))
    return 'ext_authz takes no other body back, and is asked on the request only';
  return null;
}

function suffixOf({ quantity, value }: Rung): string {
  if (quantity === 'filters') return String(value);
  return value === 1_024 ? '1m' : `${value}k`;
}

function overheadUs({ truth, perKiB }: Known, { quantity, value }: Rung, weight: number): number {
  const start = truth.envoyUs[1] + (truth.serverUs ?? 0);
  if (quantity === 'filters') return start * value;
  // Buffers that outgrow a cache: one variant's cost is no straight line.
  const bend = truth.variant === 'lua' && value < 100 ? 6 : 0;
  return start * 1.4 + bend + perKiB * weight * value;
}

type Estimator = ReturnType<typeof estimator>;

/** All arms of a scenario: the baseline and its copy, every variant, and a copy of one of each class. */
function armsOf(
  scenario: string,
  index: number,
  est: Estimator,
  at: { rung: Rung; weight: number } | null,
): ArmResult[] {
  const own = at?.rung.quantity === 'bodyKiB' ? [buffer, ...variants] : variants;
  const arm = (known: Known, twin = false): ArmResult => {
    const why = whyNot(known.truth.variant, scenario);
    if (why !== null) return unmeasured(known.truth, scenario, 'unsupported', why);
    const plainArm = measured(known.truth, scenario, Math.min(index, 2), est, twin);
    if (at === null) return plainArm;
    const us = overheadUs(known, at.rung, at.weight);
    const spread = 0.5 + us * 0.02;
    const totalCpuUs = est(us, spread);
    const cpuUs = known.truth.serverUs === null ? totalCpuUs : est(totalCpuUs.estimate * 0.6, spread);
    return { ...plainArm, overhead: { ...plainArm.overhead!, cpuUs, totalCpuUs } };
  };
  const baselineTruth: Truth = {
    ...buffer.truth,
    variant: 'baseline',
    class: 'baseline',
    envoyUs: [0, 0, 0],
    p50Us: 0,
    spread: 0.4,
  };
  const growth = at?.rung.quantity === 'bodyKiB' ? at.rung.value * 0.35 : 0;
  const baseline = measured(baselineTruth, scenario, 0, est);
  const { totalUs } = baseline.cpu!;
  const grown = {
    ...baseline,
    cpu: { ...baseline.cpu!, totalUs: { ...totalUs, estimate: totalUs.estimate + growth } },
  };
  const twins = [1, 10].map((place) => arm(variants[place]!, true));
  return [
    grown,
    measured(baselineTruth, scenario, 0, est, true),
    ...own.map((known) => arm(known)),
    ...twins,
  ];
}

function seriesOf({ family, title, quantity, values, weight }: Series, est: Estimator, intervals: boolean) {
  const rungs = values.map((value): Rung => ({ quantity, value }));
  const scenarios = rungs.map((rung) => ({
    name: `${family}-${suffixOf(rung)}`,
    title,
    summary: `${title}, at each of its rungs.`,
    family,
    rung,
  }));
  const arms = scenarios.map(({ name, rung }) => armsOf(name, 0, est, { rung, weight }));
  const slopes = arms[0]!
    .filter((arm) => arm.class !== 'baseline' && arm.twinOf === null && arm.overhead !== null)
    .map(({ variant }): Slope => {
      const own = arms.map((each) => each.find((arm) => arm.variant === variant && arm.twinOf === null)!);
      return slopeOf(own, rungs, family, intervals);
    });
  return { scenarios, arms: arms.flat(), slopes };
}

function wideIntervals(arms: readonly ArmResult[]): Warning[] {
  return arms
    .filter(
      ({ class: kind, overhead, twinOf }) => kind === 'in-process' && overhead !== null && twinOf === null,
    )
    .map(({ variant, scenario }) => ({
      code: 'wide-interval',
      message: `${variant} in ${scenario} came to ±1.3 µs, not to ±0.5 µs`,
      next: 'give it more time: a larger --budget',
    }));
}

/** Every scenario with every variant: six plain ones and five series of four rungs. */
export function wholeRun(profile: Run['profile'] = 'quick'): Run {
  const run = fixtureRun(profile);
  const { intervals, restarts } = run.plan;
  const est = estimator(restarts, intervals, noise(11));
  const plainArms = plain.flatMap(([name], index) => armsOf(name, index, est, null));
  const all = series.map((each) => seriesOf(each, est, intervals));
  const arms = [...plainArms, ...all.flatMap((each) => each.arms)];
  const scenarios = all.flatMap((each) => each.scenarios);
  const floor = (cpuUs: number) =>
    intervals ? { cpuUs, p50Us: cpuUs * 1.4, throughputRatio: 0.02, pairs: ['a pair of twins'] } : null;
  return {
    ...run,
    id: `20260305-080910-whole-${profile}`,
    scenarios: [
      ...plain.map(([name, title]) => ({ name, title, summary: `${title}.`, family: name, rung: null })),
      ...scenarios,
    ],
    arms,
    slopes: all.flatMap((each) => each.slopes),
    comparisons: intervals ? comparisonsOf(arms, est) : [],
    rungNoiseFloors: scenarios.map(({ name, rung }) => ({
      scenario: name,
      inProcess: floor(0.5 + rung.value * 0.02),
      external: floor(2 + rung.value * 0.03),
    })),
    warnings: [...run.warnings, ...wideIntervals(arms)],
  };
}
