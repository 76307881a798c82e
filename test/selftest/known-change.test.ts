import { describe, expect, it } from 'vitest';
import { calibrationScenario } from '../../src/calibration/scenario.js';
import { knownChangeLines } from '../../src/report/terminal/known-change.js';
import { analyse } from '../../src/results/analyse/index.js';
import { compareRuns } from '../../src/results/compare/index.js';
import type { EnvoyUsed, Evidence, Run, Sample } from '../../src/results/schema/index.js';
import { makePlan } from '../../src/schedule/plan.js';
import { profiles } from '../../src/schedule/profiles.js';
import { runSchedule } from '../../src/schedule/run-schedule.js';
import { knownChangeArms, knownChangeOutcome, knownChangeVariants } from '../../src/selftest/known-change.js';
import { fakeExecutor } from '../schedule/fake-executor.js';
import { fakeHeader } from '../schedule/fixture-plan.js';

const envoy: EnvoyUsed = {
  ...{ version: '1.40.0', build: 'Clean', sha256: '0', source: 'wheel', pinned: true, runtime: 'native' },
};
const arms = knownChangeArms(envoy);
const profile = {
  ...profiles.quick,
  rounds: { least: 4, most: 4 },
  warmUpSlices: 0,
  unloadedRounds: 0,
  rates: [],
};

/** A run of the self-test's own arms, where one of them burns more. */
async function measured(seed: number, burnedUs: number): Promise<Run> {
  const scenarios = [{ scenario: calibrationScenario.name, arms: arms.map(({ identity }) => identity) }];
  const plan = makePlan({ profile, scenarios, seed, budgetSeconds: 60 });
  const samples: Sample[] = [];
  const evidence: Evidence[] = [];
  const truth = ({ variant }: { variant: string }) => ({
    envoyUs: 34 + (variant === 'baseline' ? 0 : 1) + (variant.endsWith('/changed') ? burnedUs : 0),
  });
  await runSchedule(
    plan,
    fakeExecutor({ truth, seed, restartSdUs: 0.7, sliceSdUs: 2, answers: 1 }),
    { sample: (one) => samples.push(one), evidence: (one) => evidence.push(one) },
    { signal: new AbortController().signal },
  );
  return analyse({ ...fakeHeader(plan), id: `run-${seed}` }, arms, samples, evidence);
}

async function outcomeOf(...burnedUs: number[]) {
  const runs = await Promise.all(burnedUs.map((us, index) => measured(index + 1, us)));
  return knownChangeOutcome(
    compareRuns(
      runs.map((run) => ({ dir: run.id, run })),
      { force: false, failOn: null },
    ),
  );
}

describe('the self-test of compare', () => {
  it('names the same arms in every run, so that they match, and burns only where it is told', () => {
    const ids = (burnedUs: number) => knownChangeVariants(burnedUs).map(({ id }) => id);
    expect(ids(0)).toEqual(ids(5));
    const known = new Set(ids(0));
    const own = arms.filter(({ identity }) => identity.class !== 'baseline');
    expect(own.every(({ identity }) => known.has(identity.variant))).toBe(true);
    const jobs = (burnedUs: number) => knownChangeVariants(burnedUs).map(({ job }) => job);
    expect(jobs(5)).toMatchObject([{ cpuNs: 0 }, { cpuNs: 5_000 }]);
    expect(jobs(0)[0]).toEqual(jobs(0)[1]);
  });

  it('is right where the same is the same and the change is called', async () => {
    const outcome = await outcomeOf(0, 0, 5);
    expect(outcome).toMatchObject({ sameIsRight: true, changedIsRight: true });
    expect(knownChangeLines(outcome).join(' ')).toMatch(
      /right, that arm is called; \d\.\d+ ±\d\.\d+ µs came back/,
    );
  });

  it('is wrong where the same differs, or where no change is seen', async () => {
    expect(await outcomeOf(0, 5, 5)).toMatchObject({ sameIsRight: false, changedIsRight: true });
    expect(await outcomeOf(0, 0, 0)).toMatchObject({ sameIsRight: true, changedIsRight: false });
    expect(await outcomeOf(5, 5, 0)).toMatchObject({ sameIsRight: true, changedIsRight: false });
  });
});
