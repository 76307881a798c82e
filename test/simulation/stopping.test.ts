import { expect, it } from 'vitest';
import { makePlan } from '../../src/schedule/plan.js';
import { profiles } from '../../src/schedule/profiles.js';
import { leastToRank } from '../../src/stats/enough-restarts.js';
import { driveFake } from '../schedule/fake-run.js';
import { fakeArm } from '../schedule/fixture-plan.js';
import { machineKinds, simulatedMachine } from './machines.js';

const runs = 300;
const truth = { baseline: { envoyUs: 20 }, lua: { envoyUs: 25 } };
const trueDifferenceUs = truth.lua.envoyUs - truth.baseline.envoyUs;
const arms = [fakeArm('baseline'), fakeArm('lua')];
const rounds = 4;
const profile = {
  ...profiles.full,
  lean: null,
  rounds: { least: rounds, most: rounds },
  warmUpSlices: 0,
  unloadedRounds: 0,
  rates: [],
};

// A width that 12 restarts reach about as often as not: where it were always or never reached, stopping would choose nothing.
const precision = { us: 1.5, share: 0 };
const budgetSeconds = 60;

it.each(machineKinds)('intervals of runs that stop by their width hold the truth: %s', async (kind) => {
  let held = 0;
  const stops = new Map<string, number>();
  for (let seed = 1; seed <= runs; seed += 1) {
    const machine = simulatedMachine(kind, seed, 2 * 20 * rounds);
    const scenarios = [{ scenario: 'headers', arms }];
    const plan = makePlan({ profile, scenarios, seed, budgetSeconds, precision });
    const { run, restarts } = await driveFake(plan, { truth, seed, costUs: machine.costUs });
    const interval = run.arms.find(({ variant }) => variant === 'lua')?.overhead?.cpuUs;
    if (interval?.low == null || interval.high == null) throw new Error('no interval');
    const truthUs = trueDifferenceUs * machine.slowness();
    if (interval.low <= truthUs && truthUs <= interval.high) held += 1;
    const when = (restarts.get('headers') ?? 0) > leastToRank ? 'later' : 'at once';
    stops.set(when, (stops.get(when) ?? 0) + 1);
  }
  console.log(`${kind}: ${((held / runs) * 100).toFixed(1)} % hold the truth`, Object.fromEntries(stops));
  // By chance 300 runs differ by 1.3 % (one standard deviation); stopping by width keeps the rate in the limit only (Chow and Robbins 1965).
  expect(held / runs).toBeGreaterThanOrEqual(0.91);
  expect(held / runs).toBeLessThanOrEqual(0.98);
});
