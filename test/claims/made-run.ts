import { analyse } from '../../src/results/analyse/index.js';
import type { ArmIdentity, Evidence, Run, Rung, Sample } from '../../src/results/schema/index.js';
import type { StoredRun } from '../../src/results/store/index.js';
import { makePlan } from '../../src/schedule/plan.js';
import { type Profile, profiles } from '../../src/schedule/profiles.js';
import { runSchedule } from '../../src/schedule/run-schedule.js';
import { type FakeOptions, fakeExecutor, type Truth } from '../schedule/fake-executor.js';
import { fakeArm, fakeHeader, planned } from '../schedule/fixture-plan.js';

/** A scenario of a made-up run. */
export interface MadeScenario {
  readonly name: string;
  readonly family: string;
  readonly rung: Rung | null;
}

export const headers: MadeScenario = { name: 'headers', family: 'headers', rung: null };
export const access: MadeScenario = { name: 'access', family: 'access', rung: null };
export const bodies: readonly MadeScenario[] = [1, 16].map((value) => ({
  name: `model-routing-${value}k`,
  family: 'model-routing',
  rung: { quantity: 'bodyKiB', value },
}));

export const variants = [
  ...['cpp', 'lua', 'wasm/rust', 'dynamic-module/rust', 'ext-proc/rust', 'ext-proc/rust-uds'],
  ...['ext-authz/rust-grpc', 'ext-authz/rust-grpc-uds'],
];

export interface MadeRun {
  readonly truth: (arm: ArmIdentity) => Truth;
  readonly scenarios?: readonly MadeScenario[];
  readonly variants?: readonly string[];
  readonly twins?: readonly string[];
  readonly profile?: 'smoke' | 'quick';
  readonly restarts?: number;
  readonly rates?: readonly number[];
  readonly envoy?: string;
  readonly fake?: Partial<FakeOptions>;
}

/** A run of known truth, driven by the real schedule and analysed as any other. */
export async function madeRun(made: MadeRun): Promise<Run> {
  return (await madeStoredRun(made)).run;
}

/** The same with what it was made from. */
export async function madeStoredRun(made: MadeRun): Promise<StoredRun> {
  const scenarios = made.scenarios ?? [access, ...bodies];
  const names = made.variants ?? variants;
  const twins = ['baseline', ...(made.twins ?? ['lua', 'ext-proc/rust-uds'])];
  const envoy = made.envoy ?? '1.40.0';
  const armsOf = ({ name }: MadeScenario) =>
    [
      ...['baseline', ...names].map((variant) => fakeArm(variant, false, name)),
      ...twins.map((variant) => fakeArm(variant, true, name)),
    ].map((arm) => onEnvoy(arm, envoy));
  const own = profiles[made.profile ?? 'quick'];
  const profile: Profile = {
    ...own,
    restarts: made.restarts ?? own.restarts,
    rounds: { least: 2, most: 2 },
    rates: made.rates ?? [2_000],
    warmUpSlices: 0,
  };
  const plan = makePlan({
    profile,
    scenarios: scenarios.map((scenario) => ({ scenario: scenario.name, arms: armsOf(scenario) })),
    seed: 1,
    budgetSeconds: profile.budgetSeconds,
  });
  const samples: Sample[] = [];
  const evidence: Evidence[] = [];
  await runSchedule(
    plan,
    fakeExecutor({ truth: made.truth, seed: 7, restartSdUs: 0.1, sliceSdUs: 0.2, ...made.fake }),
    { sample: (one) => samples.push(one), evidence: (one) => evidence.push(one) },
    { signal: new AbortController().signal },
  );
  const header = {
    ...fakeHeader(plan),
    id: `made-${made.profile ?? 'quick'}-${envoy}`,
    scenarios: scenarios.map((scenario) => ({ ...scenario, title: scenario.name, summary: scenario.name })),
  };
  const run = analyse(header, planned(scenarios.flatMap(armsOf)), samples, evidence);
  return { run, samples, evidence };
}

function onEnvoy(arm: ArmIdentity, envoy: string): ArmIdentity {
  const moved = (id: string) => id.replace('@1.40.0', `@${envoy}`);
  return { ...arm, id: moved(arm.id), envoy, twinOf: arm.twinOf === null ? null : moved(arm.twinOf) };
}
