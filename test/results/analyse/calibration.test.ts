import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/results/analyse/index.js';
import type { ArmIdentity, Evidence, Injection, Sample } from '../../../src/results/schema/index.js';
import { runSchedule } from '../../../src/schedule/run-schedule.js';
import { fakeExecutor } from '../../schedule/fake-executor.js';
import { fakeArm, fakeHeader, fakePlan, planned } from '../../schedule/fixture-plan.js';

const burnedUs: Record<string, number> = {};

function injecting(
  filter: string,
  kind: Injection['kind'],
  amount: number,
  truthUs: number,
  heldUs?: number,
): ArmIdentity {
  const injection = { kind, amount, ...(heldUs !== undefined && { heldUs }) };
  const arm = { ...fakeArm(`${filter}/${kind}-${amount}-of-${heldUs}`), injection };
  burnedUs[arm.id] = truthUs;
  return arm;
}

const inProcess = [
  [0, 5],
  [5, 5],
  [0, 20],
  [20, 20],
].map(([amount, heldUs]) => injecting('dynamic-module/rust', 'cpu', amount!, amount! + 0.1, heldUs));
const alone = [0, 100].map((amount) => injecting('dynamic-module/rust', 'cpu-alone', amount, amount));
const external = [0, 20].map((amount) => injecting('ext-proc/rust', 'cpu', amount, amount));
const arms = [fakeArm('baseline'), ...inProcess, ...alone, ...external];

/** The filter burned what it said, and a server's Envoy got dearer with it, as it does where the load falls. */
const truth = Object.fromEntries(
  arms.map(({ variant, class: kind, injection }) => {
    const amount = injection?.amount ?? 0;
    // Whoever holds the core longer is dearer all the same: only a pair that does it alike tells the injection.
    if (injection?.heldUs) return [variant, { envoyUs: 20 + injection.heldUs / 10 + amount }];
    if (kind === 'external') return [variant, { envoyUs: 60 + amount / 2, serverUs: 10 + amount }];
    const cooling = injection?.kind === 'cpu-alone' ? amount * 0.07 : 0;
    return [variant, { envoyUs: 20 + amount + cooling }];
  }),
);

async function calibrationOf() {
  const plan = fakePlan(arms);
  const samples: Sample[] = [];
  const evidence: Evidence[] = [];
  await runSchedule(
    plan,
    fakeExecutor({ truth, seed: 4, restartSdUs: 0.5, sliceSdUs: 2 }),
    { sample: (one) => samples.push(one), evidence: (one) => evidence.push(one) },
    { signal: new AbortController().signal },
  );
  const told = evidence.map((item) =>
    item.kind === 'counters' && burnedUs[item.arm] !== undefined
      ? {
          ...item,
          counters: { 'calibration.burns': 10, 'calibration.burnedNs': burnedUs[item.arm]! * 10_000 },
        }
      : item,
  );
  return analyse(fakeHeader(plan), planned(arms), samples, told).calibration!;
}

describe('a calibration', () => {
  it('holds what came back against what the filter added up, less what nothing costs', async () => {
    const series = await calibrationOf();
    expect(series.map(({ variant, kind }) => `${variant} ${kind}`)).toEqual([
      'dynamic-module/rust cpu',
      'dynamic-module/rust cpu-alone',
      'ext-proc/rust cpu',
    ]);
    const [own] = series;
    expect(own!.points.map(({ injection, truthUs }) => [injection.amount, truthUs])).toEqual([
      [5, expect.closeTo(5)],
      [20, expect.closeTo(20)],
    ]);
    expect(own!.points.map(({ covered }) => covered)).toEqual([true, true]);
  });

  it('judges a server by its own CPU, and no filter that cools caches', async () => {
    const [, cooling, server] = await calibrationOf();
    expect(cooling!.points[0]!.cpuUs!.estimate).toBeCloseTo(107, -0.5);
    expect(cooling!.points[0]!.covered).toBeNull();
    expect(server!.points[0]!.cpuUs!.estimate).toBeCloseTo(20, -0.5);
    expect(server!.points[0]!.covered).toBe(true);
  });

  it('says where an interval misses the truth', async () => {
    burnedUs[inProcess[3]!.id] = 30;
    const [own] = await calibrationOf();
    burnedUs[inProcess[3]!.id] = 20.1;
    expect(own!.points.map(({ covered }) => covered)).toEqual([true, false]);
  });
});
