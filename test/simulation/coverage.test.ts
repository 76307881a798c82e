import { describe, expect, it } from 'vitest';
import { costDifference } from '../../src/results/analyse/estimates.js';
import { indexSamples } from '../../src/results/analyse/group.js';
import type { Evidence, Sample } from '../../src/results/schema/index.js';
import { sliceTable } from '../../src/results/slices/index.js';
import { makePlan } from '../../src/schedule/plan.js';
import { profiles } from '../../src/schedule/profiles.js';
import { runSchedule } from '../../src/schedule/run-schedule.js';
import { tInterval } from '../../src/stats/interval.js';
import { fakeExecutor } from '../schedule/fake-executor.js';
import { fakeArm } from '../schedule/fixture-plan.js';
import { type MachineKind, machineKinds, simulatedMachine } from './machines.js';

const runs = 1_000;
const confidence = 0.95;
const truth = { baseline: { envoyUs: 20 }, lua: { envoyUs: 25 } };
const trueDifferenceUs = truth.lua.envoyUs - truth.baseline.envoyUs;
const [baseline, arm] = [fakeArm('baseline'), fakeArm('lua')];
const rounds = 4;
const profile = {
  ...profiles.quick,
  rounds: { least: rounds, most: rounds },
  warmUpSlices: 0,
  unloadedRounds: 0,
  rates: [],
};
const slicesOfArm = profile.restarts * rounds;

interface Interval {
  readonly low: number | null;
  readonly high: number | null;
}

function holds(interval: Interval | null, truthUs: number): boolean {
  if (interval?.low == null || interval.high == null) throw new Error('no interval');
  return interval.low <= truthUs && truthUs <= interval.high;
}

/** One run of the real schedule and the real estimator. */
async function scheduled(kind: MachineKind, seed: number): Promise<boolean> {
  const machine = simulatedMachine(kind, seed, 2 * slicesOfArm);
  const plan = makePlan({
    profile,
    scenarios: [{ scenario: 'headers', arms: [baseline, arm] }],
    seed,
    budgetSeconds: profile.budgetSeconds,
  });
  const samples: Sample[] = [];
  const evidence: Evidence[] = [];
  const executor = fakeExecutor({ truth, seed, costUs: machine.costUs });
  const sink = {
    sample: (one: Sample) => samples.push(one),
    evidence: (one: Evidence) => evidence.push(one),
  };
  await runSchedule(plan, executor, sink, { signal: new AbortController().signal });
  const index = indexSamples(sliceTable(samples), evidence);
  const [own, other] = [index.of(arm.id, 'capacity'), index.of(baseline.id, 'capacity')];
  const interval = costDifference({ arm: own, other, within: 'block' }, 'envoy', {
    confidence,
    intervals: true,
  });
  return holds(interval, trueDifferenceUs * machine.slowness());
}

/** As many slices, but all of an arm in one go, as most harnesses do; its slices are taken for independent. */
function oneLongRunEach(kind: MachineKind, seed: number): boolean {
  const machine = simulatedMachine(kind, seed, 2 * slicesOfArm);
  const costs = [baseline, arm].map(({ id, variant }) => {
    const trueUs = variant === 'lua' ? truth.lua.envoyUs : truth.baseline.envoyUs;
    return Array.from({ length: slicesOfArm }, () => machine.costUs({ arm: id, restart: 0 }, trueUs));
  });
  const differences = (costs[1] ?? []).map((costUs, at) => costUs - (costs[0]?.[at] ?? Number.NaN));
  return holds(tInterval(differences, confidence), trueDifferenceUs * machine.slowness());
}

async function coverage(run: (seed: number) => boolean | Promise<boolean>): Promise<number> {
  let held = 0;
  for (let seed = 1; seed <= runs; seed += 1) if (await run(seed)) held += 1;
  return held / runs;
}

describe.each(machineKinds)('on a machine with %s', (kind) => {
  it('intervals of the schedule hold the truth at their nominal rate', async () => {
    const share = await coverage((seed) => scheduled(kind, seed));
    console.log(`${kind}: ${(share * 100).toFixed(1)} % of ${runs} intervals hold the truth`);
    expect(share).toBeGreaterThanOrEqual(confidence - 0.03);
    expect(share).toBeLessThanOrEqual(confidence + 0.03);
  });

  it('one long run an arm fails the same test', async () => {
    const share = await coverage((seed) => oneLongRunEach(kind, seed));
    console.log(`${kind}, one long run an arm: ${(share * 100).toFixed(1)} %`);
    expect(share).toBeLessThan(confidence - 0.03);
  });
});
