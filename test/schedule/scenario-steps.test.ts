import { describe, expect, it } from 'vitest';
import { makePlan, type ScenarioPlan } from '../../src/schedule/plan.js';
import { profiles } from '../../src/schedule/profiles.js';
import { runSchedule } from '../../src/schedule/run-schedule.js';
import { stepsOfScenario } from '../../src/schedule/scenario-steps.js';
import type { Step } from '../../src/schedule/steps.js';
import { fakeExecutor } from './fake-executor.js';
import { fakeArm } from './fixture-plan.js';

const arms = [fakeArm('baseline'), fakeArm('lua')];
const scenario = (bodyKiB: number): ScenarioPlan => ({ scenario: 'headers', arms, bodyKiB });

function planFor(...scenarios: ScenarioPlan[]) {
  return makePlan({ profile: profiles.quick, scenarios, seed: 1, budgetSeconds: 60 });
}

function stepsFor(bodyKiB: number) {
  const plan = planFor(scenario(bodyKiB));
  return { plan: plan.steps, own: stepsOfScenario(scenario(bodyKiB), plan.steps) };
}

describe('the steps of a scenario', () => {
  it('are those of the plan where bodies are small, or there are none', () => {
    for (const bodyKiB of [0, 1, 16]) {
      const { plan, own } = stepsFor(bodyKiB);
      expect(own).toEqual(plan);
    }
    expect(stepsOfScenario({}, planFor(scenario(0)).steps)).toHaveLength(6);
  });

  it('have longer closed-loop windows where bodies are large', () => {
    const { plan, own } = stepsFor(128);
    const windows = (steps: readonly Step[]) =>
      steps.flatMap(({ load, windowMs }) => (load.loop === 'closed' ? [windowMs] : []));
    expect(windows(own)).toEqual(windows(plan).map((ms) => 3 * ms));
  });

  it('leave away rates that no sender keeps with such bodies', () => {
    const rates = (bodyKiB: number) =>
      stepsFor(bodyKiB).own.flatMap(({ load }) => (load.loop === 'open' ? [load.rps] : []));
    expect(rates(16)).toEqual([1_000, 2_000, 4_000]);
    expect(rates(128)).toEqual([1_000]);
    expect(rates(1_024)).toEqual([]);
  });

  it('are in the estimate of time, and are what is run', async () => {
    const [small, large] = [planFor(scenario(1)), planFor(scenario(1_024))];
    expect(large.summary.secondsPerRound).toBeGreaterThan(2 * small.summary.secondsPerRound);
    const truth = { baseline: { envoyUs: 30 }, lua: { envoyUs: 40 } };
    const executor = fakeExecutor({ truth, seed: 1 });
    const sink = { sample: () => undefined, evidence: () => undefined };
    const done: number[] = [];
    await runSchedule(large, executor, sink, {
      signal: new AbortController().signal,
      onProgress: (progress) => done.push(progress.done),
    });
    expect(new Set(executor.log.slices.map(({ load }) => load.loop))).toEqual(new Set(['closed']));
    expect(Math.min(...executor.log.slices.map(({ windowMs }) => windowMs))).toBe(390);
    expect(done.at(-1)).toBe(1);
  });
});
