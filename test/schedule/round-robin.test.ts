import { describe, expect, it } from 'vitest';
import type { ArmIdentity } from '../../src/results/schema/index.js';
import { makePlan, type PlanRequest, type ScenarioPlan } from '../../src/schedule/plan.js';
import { type Profile, profiles } from '../../src/schedule/profiles.js';
import { seededRandom } from '../../src/schedule/random.js';
import { leastToRank } from '../../src/stats/enough-restarts.js';
import type { FakeOptions } from './fake-executor.js';
import { driveFake, type FakeRun } from './fake-run.js';
import { fakeArm } from './fixture-plan.js';

const truth = { baseline: { envoyUs: 34 }, lua: { envoyUs: 40 }, 'wasm/rust': { envoyUs: 46 } };
// Short restarts: the schedule is what is looked at.
const short: Profile = {
  ...profiles.quick,
  rounds: { least: 2, most: 6 },
  rates: [],
  unloadedRounds: 0,
  warmUpSlices: 0,
};

function scenarioOf(name: string, variants: readonly string[] = ['lua'], bodyKiB = 0): ScenarioPlan {
  const arms = [
    fakeArm('baseline', false, name),
    ...variants.map((variant) => fakeArm(variant, false, name)),
  ];
  return { scenario: name, arms, bodyKiB };
}

function planOf(request: Partial<PlanRequest>) {
  const scenarios = ['a', 'b', 'c'].map((name) => scenarioOf(name));
  return makePlan({ profile: short, scenarios, seed: 1, budgetSeconds: 60, ...request });
}

const quiet: FakeOptions = { truth, seed: 3, restartSdUs: 0.1, sliceSdUs: 0.3 };
/** Some scenarios are so noisy that no precision is ever reached in them. */
const noisyIn = (...names: readonly string[]): FakeOptions => {
  const random = seededRandom(5, 'noise');
  const noise = ({ arm }: { arm: string }) =>
    (random() - 0.5) * (names.includes(arm.slice(0, arm.indexOf('/'))) ? 60 : 0.5);
  return { truth, seed: 3, costUs: (spec, trueUs) => trueUs + noise(spec) };
};

const counts = ({ restarts }: FakeRun) => [...restarts.values()];
const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);

describe('without a budget that binds', () => {
  it('every scenario has the restarts of the profile, however long they take', async () => {
    const run = await driveFake(planOf({ budgetSeconds: 1 }), quiet);
    expect(run.stopped).toBe('planned');
    expect(counts(run)).toEqual([12, 12, 12]);
    expect(run.seconds).toBeGreaterThan(1);
  });
});

describe('a budget that binds', () => {
  it('is never gone over, and scenarios differ by one restart at most, whatever they hold', async () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const random = seededRandom(seed, 'plans');
      const variants = ['lua', 'wasm/rust'].slice(0, 1 + Math.floor(random() * 2));
      const scenarios = Array.from({ length: 1 + Math.floor(random() * 5) }, (_, index) =>
        scenarioOf(`s${index}`, variants, random() < 0.4 ? 1_024 : 0),
      );
      // Enough for a first restart of each: before it nobody knows how long that takes here.
      const budgetSeconds = 120 + Math.floor(random() * 100);
      const plan = planOf({ scenarios, seed, budgetSeconds, budgetBinds: true });
      const run = await driveFake(plan, quiet, 0.5 + 1.5 * random());
      expect(run.seconds).toBeLessThanOrEqual(budgetSeconds);
      const all = scenarios.map(({ scenario }) => run.restarts.get(scenario) ?? 0);
      expect(spread(all)).toBeLessThanOrEqual(1);
      expect(run.stopped).toBe(Math.min(...all) === 12 ? 'planned' : 'budget');
      expect(run.log.closed).toBe(run.log.layouts.length);
      expect(run.run.arms.every(({ status }) => status === 'valid' || status === 'unavailable')).toBe(true);
    }
  });

  it('is used up: what is left would not hold another restart', async () => {
    const run = await driveFake(planOf({ budgetSeconds: 15, budgetBinds: true }), quiet);
    const longest = Math.max(...(run.run.conduct?.restarts ?? []).map((one) => one.seconds / one.restarts));
    expect(run.stopped).toBe('budget');
    expect(15 - run.seconds).toBeLessThan(1.5 * longest);
  });

  it('leaves arms that it never came to without numbers, and says why', async () => {
    const scenarios = [scenarioOf('a'), scenarioOf('b')];
    const run = await driveFake(planOf({ scenarios, budgetSeconds: 2, budgetBinds: true }), quiet, 1.3);
    expect(counts(run)).toEqual([1]);
    const never = run.run.arms.filter(({ scenario }) => !run.restarts.has(scenario));
    expect(never).toHaveLength(2);
    for (const { status, reason } of never)
      expect([status, reason]).toEqual(['unavailable', 'the run ended before its first restart']);
  });

  it('has the same schedule for a scenario whether others are there or have left', async () => {
    const both = await driveFake(planOf({ budgetSeconds: 600, budgetBinds: true }), quiet);
    const slower = await driveFake(planOf({ budgetSeconds: 30, budgetBinds: true }), quiet);
    const layouts = ({ log }: FakeRun) => log.layouts.filter(({ restart }) => restart < 2);
    const key = ({ scenario, restart }: { scenario: string; restart: number }) => `${restart} ${scenario}`;
    const known = new Map(layouts(both).map((layout) => [key(layout), layout]));
    for (const layout of layouts(slower)) expect(layout).toEqual(known.get(key(layout)));
  });
});

describe('a precision', () => {
  const precision = { us: 1, share: 0 };

  it('ends the run once every scenario has it, not before the restarts that ranking needs', async () => {
    const run = await driveFake(planOf({ precision, budgetSeconds: 3_000 }), quiet);
    expect(run.stopped).toBe('precision');
    expect(counts(run)).toEqual([leastToRank, leastToRank, leastToRank]);
    expect(run.run.warnings.map(({ code }) => code)).not.toContain('short-of-precision');
  });

  it('lets scenarios leave that have it, and gives their time to the others, in equal shares', async () => {
    const scenarios = ['a', 'b', 'c', 'd'].map((name) => scenarioOf(name));
    const plan = planOf({ scenarios, precision, budgetSeconds: 200 });
    const run = await driveFake(plan, noisyIn('b', 'd'));
    expect(run.stopped).toBe('budget');
    expect(run.seconds).toBeLessThanOrEqual(200);
    const [a = 0, b = 0, c = 0, d = 0] = ['a', 'b', 'c', 'd'].map((name) => run.restarts.get(name));
    expect([a, c]).toEqual([leastToRank, leastToRank]);
    expect(Math.min(b, d)).toBeGreaterThan(leastToRank + 5);
    expect(spread([b, d])).toBeLessThanOrEqual(1);
    const short = run.run.warnings.find(({ code }) => code === 'short-of-precision');
    expect(short?.shortfalls?.map(({ arm }) => arm.slice(0, 1)).toSorted()).toEqual(['b', 'd']);
  });

  it('looks at widths only: the same noise ends at the same restart, wherever the truth lies', async () => {
    const costs = (luaUs: number): FakeOptions => ({
      truth: { ...truth, lua: { envoyUs: luaUs } },
      seed: 11,
      restartSdUs: 1.5,
      sliceSdUs: 3,
    });
    const scenarios = [scenarioOf('a')];
    const plan = planOf({ scenarios, precision: { us: 1.4, share: 0 }, budgetSeconds: 3_000 });
    const [near, far] = [await driveFake(plan, costs(34)), await driveFake(plan, costs(44))];
    expect(counts(near)).toEqual(counts(far));
    expect(counts(near)[0]).toBeGreaterThan(leastToRank);
  });

  it('of a share takes the own cost for its measure: what costs a hundred times as much is as precise', async () => {
    const dear = { baseline: { envoyUs: 3_000 }, lua: { envoyUs: 4_000 } };
    const options: FakeOptions = { truth: dear, seed: 2, restartSdUs: 40, sliceSdUs: 60 };
    const scenarios = [scenarioOf('a')];
    const ending = async (share: number) => {
      const run = await driveFake(
        planOf({ scenarios, precision: { us: 1, share }, budgetSeconds: 60 }),
        options,
      );
      return run.stopped;
    };
    expect(await ending(0)).toBe('budget');
    expect(await ending(0.03)).toBe('precision');
  });

  it('takes the rounds that the variances advise, but leaves the budget its twelve restarts', async () => {
    // All noise is within restarts: without a budget, as many rounds as can be.
    const options: FakeOptions = { truth, seed: 3, restartSdUs: 0.01, sliceSdUs: 12 };
    const profile = { ...short, rounds: { least: 2, most: 24 } };
    const rounds = async (budgetSeconds: number) => {
      const run = await driveFake(planOf({ profile, precision, budgetSeconds }), options);
      expect(Math.min(...counts(run))).toBeGreaterThanOrEqual(leastToRank);
      const last = run.log.slices.filter(({ restart }) => restart === 5);
      return 1 + Math.max(...last.map(({ round }) => round));
    };
    expect(await rounds(3_000)).toBeGreaterThan(12);
    expect(await rounds(80)).toBeLessThan(8);
  });
});

describe('an arm that failed', () => {
  it('keeps no scenario in the round-robin', async () => {
    const broken = { 'wasm/rust': 'header is missing' };
    const scenarios = [scenarioOf('a', ['lua', 'wasm/rust'])];
    const plan = planOf({ scenarios, precision: { us: 1, share: 0 }, budgetSeconds: 3_000 });
    const run = await driveFake(plan, { ...quiet, broken });
    expect(run.stopped).toBe('precision');
    expect(statusOf(run, 'a/wasm/rust@1.40.0')).toBe('invalid');
  });
});

function statusOf({ run }: FakeRun, id: ArmIdentity['id']) {
  return run.arms.find((arm) => arm.id === id)?.status;
}
