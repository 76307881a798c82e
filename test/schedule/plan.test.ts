import { describe, expect, it } from 'vitest';
import { makePlan, type PlanRequest, type ScenarioPlan } from '../../src/schedule/plan.js';
import { profiles } from '../../src/schedule/profiles.js';
import { stepsOfRestart } from '../../src/schedule/steps.js';
import { fakeArm } from './fixture-plan.js';

const variants = ['lua', 'wasm/rust', 'cpp', 'dynamic-module/rust', 'ext-proc/rust', 'ext-authz/rust-http'];
const arms = ['baseline', ...variants].map((variant) => fakeArm(variant));
/** As many as `full` has, a third of them with large bodies. */
const many: readonly ScenarioPlan[] = Array.from({ length: 24 }, (_, index) => ({
  scenario: `s${index}`,
  arms: [...arms, ...arms],
  bodyKiB: index % 3 === 0 ? 1_024 : 0,
}));

function fullPlan(request: Partial<PlanRequest>) {
  const { precision, budgetSeconds } = profiles.full;
  return makePlan({ profile: profiles.full, scenarios: many, seed: 1, budgetSeconds, precision, ...request });
}

/** The loads of one restart beside the closed loop with 16 connections. */
function sidesOf(plan: ReturnType<typeof fullPlan>, scenario: ScenarioPlan, restart: number): string[] {
  return stepsOfRestart(plan, scenario, restart).flatMap(({ load, purpose }) => {
    if (purpose === 'warm-up') return [];
    if (load.loop === 'open') return [`${load.rps}/s`];
    return load.connections === 1 ? ['1 connection'] : [];
  });
}

describe('the profile full', () => {
  it('keeps restarts whole where the budget holds all of them', () => {
    const plan = fullPlan({ scenarios: many.slice(1, 3) });
    expect(plan.summary).toMatchObject({ sidesInTurn: false, sliceMs: profiles.full.windowMs });
    expect(plan.summary.estimatedRestarts).toBeGreaterThanOrEqual(profiles.full.restarts);
    const all = ['1000/s', '2000/s', '4000/s', '1 connection'];
    for (const restart of [0, 1]) expect(sidesOf(plan, many[1]!, restart)).toEqual(all);
  });

  it('shortens them where it does not, and lets unloaded rounds and rates take turns', () => {
    const plan = fullPlan({ budgetSeconds: 3_600 });
    expect(plan.summary).toMatchObject({ sidesInTurn: true, rounds: 2, rates: [2_000], budgetBinds: true });
    const [large, small] = [many[0]!, many[1]!];
    const sides = (scenario: ScenarioPlan) => [0, 1, 2, 3].map((restart) => sidesOf(plan, scenario, restart));
    expect(sides(small)).toEqual([['1 connection'], [], ['2000/s'], []]);
    // No sender keeps such a rate with a MiB.
    expect(sides(large)).toEqual([['1 connection'], [], [], []]);
  });

  it('holds more restarts when it is shortened, and says how many', () => {
    const lean = fullPlan({ budgetSeconds: 3_600 });
    const whole = fullPlan({ budgetSeconds: 3_600, profile: { ...profiles.full, lean: null } });
    expect(lean.summary.estimatedRestarts).toBeGreaterThan(2 * (whole.summary.estimatedRestarts ?? 0));
    const { secondsPerRestart, secondsPerRound, rounds, estimatedRestarts = 0 } = lean.summary;
    expect(estimatedRestarts * (secondsPerRestart + rounds * secondsPerRound)).toBeLessThanOrEqual(3_600);
    expect(lean.summary.estimatedSeconds).toBe(3_600);
  });

  it('gives every restart the rates that were named, and every other one unloaded rounds', () => {
    const plan = fullPlan({ budgetSeconds: 3_600, rates: [500, 700] });
    expect(plan.summary).toMatchObject({ sidesInTurn: true, rates: [500, 700] });
    const sides = [0, 1, 2, 3].map((restart) => sidesOf(plan, many[1]!, restart));
    const rates = ['500/s', '700/s'];
    expect(sides).toEqual([[...rates, '1 connection'], rates, [...rates, '1 connection'], rates]);
    const unnamed = fullPlan({ budgetSeconds: 3_600 });
    expect(plan.summary.secondsPerRestart).toBeGreaterThan(unnamed.summary.secondsPerRestart);
  });

  it('proves without a budget, a precision or a turn', () => {
    const { summary, steps } = fullPlan({ proveOnly: true, budgetSeconds: 1 });
    expect(steps).toEqual([]);
    expect(summary).toMatchObject({ proveOnly: true, restarts: 1, rounds: 0, precisionUs: null });
    expect(summary.budgetBinds).toBeUndefined();
    expect(summary.estimatedSeconds).toBeGreaterThan(1);
  });
});

describe('the profile quick', () => {
  const request = { profile: profiles.quick, scenarios: [many[1]!], seed: 1, budgetSeconds: 580 };

  it('fits rounds, and never fewer than its restarts, where no budget is named', () => {
    const plan = makePlan({ ...request, budgetSeconds: 1 });
    expect(plan.summary).toMatchObject({ restarts: 12, rounds: 2, precisionUs: null });
    expect(plan.summary.estimatedRestarts).toBeUndefined();
    expect(plan.summary.estimatedSeconds).toBeGreaterThan(1);
  });

  it('is cut short by a budget that is named', () => {
    const { summary } = makePlan({ ...request, budgetSeconds: 60, budgetBinds: true });
    expect(summary.estimatedRestarts).toBeLessThan(12);
    expect(summary.estimatedSeconds).toBeLessThanOrEqual(60);
    const { summary: ample } = makePlan({ ...request, budgetSeconds: 6_000, budgetBinds: true });
    expect(ample).toMatchObject({ estimatedRestarts: 12, rounds: 24 });
    expect(ample.estimatedSeconds).toBeLessThan(6_000);
  });
});
