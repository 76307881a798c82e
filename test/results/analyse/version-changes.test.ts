import { describe, expect, it } from 'vitest';
import { familiesOf } from '../../../src/report/content/panels.js';
import { versionTablesOf } from '../../../src/report/content/versions.js';
import { analyse, type PlannedArm } from '../../../src/results/analyse/index.js';
import {
  type ArmIdentity,
  type Evidence,
  runSchema,
  type Sample,
} from '../../../src/results/schema/index.js';
import { seededRandom } from '../../../src/schedule/random.js';
import { fakeArm, fakeHeader, fakePlan } from '../../schedule/fixture-plan.js';
import { sampleOf } from '../store/fixture-sample.js';
import { proofs } from './fixture-proofs.js';

const versions = ['1.38.2', '1.39.3', '1.40.0'];

interface Truth {
  /** Arms that have no numbers. */
  readonly without?: (arm: ArmIdentity, restart: number) => boolean;
  /** What an arm costs over its baseline, in µs. */
  overhead(arm: ArmIdentity): number;
  readonly noiseUs?: number;
  readonly seed?: number;
  readonly restarts?: number;
  readonly envoys?: readonly string[];
}

function on(envoy: string, variant: string, twin = false): ArmIdentity {
  const arm = fakeArm(variant, twin);
  const renamed = (id: string) => id.replace('1.40.0', envoy);
  return { ...arm, id: renamed(arm.id), twinOf: arm.twinOf && renamed(arm.twinOf), envoy };
}

/** Normal numbers (Box and Muller 1958) of a seed. */
function normals(seed: number): () => number {
  const random = seededRandom(seed, 'versions');
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A run whose baselines differ by version and drift between restarts. */
function runOf({ overhead, noiseUs = 0.1, seed = 1, restarts = 12, envoys = versions, without }: Truth) {
  const normal = normals(seed);
  const arms = envoys.flatMap((envoy) => [
    on(envoy, 'baseline'),
    on(envoy, 'baseline', true),
    on(envoy, 'lua'),
    on(envoy, 'lua', true),
    on(envoy, 'wasm/rust'),
    on(envoy, 'ext-proc/rust-uds'),
    on(envoy, 'ext-proc/rust-uds', true),
  ]);
  const samples: Sample[] = [];
  const evidence: Evidence[] = [];
  for (let restart = 0; restart < restarts; restart += 1) {
    for (const arm of arms) {
      if (without?.(arm, restart)) continue;
      const baseline = 18 + 2 * versions.indexOf(arm.envoy) + Math.sin(restart);
      const us = baseline + (arm.class === 'baseline' ? 0 : overhead(arm)) + noiseUs * normal();
      samples.push(sampleOf({ arm: arm.id, restart, requests: 1_000, envoyNs: us * 1e6 }));
      evidence.push(...proofs(arm, restart));
    }
  }
  const planned: PlannedArm[] = arms.map((identity) => ({ identity, known: null }));
  const header = fakeHeader(fakePlan());
  return runSchema.parse(analyse(header, planned, samples, evidence));
}

const steady = ({ mechanism }: ArmIdentity) => (mechanism === 'ext-proc' ? 60 : 5);

describe('changes between versions', () => {
  it('are asked for from each version to the next, and from the first to the last', () => {
    const changes = runOf({ overhead: steady }).versionChanges ?? [];
    const lua = changes.filter(({ variant }) => variant === 'lua');
    expect(lua.map(({ from, to }) => `${from} ${to}`)).toEqual([
      '1.38.2 1.39.3',
      '1.39.3 1.40.0',
      '1.38.2 1.40.0',
    ]);
    expect(new Set(changes.map(({ variant }) => variant))).toEqual(
      new Set(['lua', 'wasm/rust', 'ext-proc/rust-uds']),
    );
  });

  it('take out what the Envoys themselves differ by, and what the machine does', () => {
    const run = runOf({ overhead: steady, noiseUs: 0 });
    for (const { totalCpuUs, changed } of run.versionChanges ?? []) {
      expect(totalCpuUs.estimate).toBeCloseTo(0, 9);
      expect(changed).toBe(false);
    }
  });

  it('come back as they are, and only those that are there are called', () => {
    const dearer = (arm: ArmIdentity) =>
      steady(arm) + (arm.variant === 'wasm/rust' && arm.envoy !== '1.38.2' ? 1.5 : 0);
    const run = runOf({ overhead: dearer });
    const called = run.versionChanges?.filter(({ changed }) => changed) ?? [];
    expect(called.map(({ variant, from, to }) => `${variant} ${from} ${to}`)).toEqual([
      'wasm/rust 1.38.2 1.39.3',
      'wasm/rust 1.38.2 1.40.0',
    ]);
    for (const { totalCpuUs } of called) {
      expect(totalCpuUs.low).toBeLessThan(1.5);
      expect(totalCpuUs.high).toBeGreaterThan(1.5);
      expect(totalCpuUs.restarts).toBe(12);
    }
    const [table] = familiesOf(run).flatMap((family) => versionTablesOf(run, family));
    expect(table?.heads).toEqual([...versions, '1.40.0 − 1.38.2']);
    expect(table?.footnote).toMatch(
      /^Changed: wasm\/rust adds 1\.\d+ ±\d\.\d+ µs more on 1\.39\.3 than on 1\.38\.2; /,
    );
  });

  it('below the floor of identical arms are never called, however sure', () => {
    // The twin seems to change by more than the arm does.
    const odd = (arm: ArmIdentity) =>
      steady(arm) + (arm.envoy === '1.40.0' ? (arm.twinOf === null ? 0.5 : 2) : 0);
    const run = runOf({ overhead: odd, noiseUs: 0.01 });
    const [change] =
      run.versionChanges?.filter(({ variant, to }) => variant === 'lua' && to === '1.40.0') ?? [];
    expect(change?.pAdjusted).toBeLessThan(0.001);
    expect(change?.floorUs).toBeGreaterThan(1.4);
    expect(change?.changed).toBe(false);
  });

  it('are hardly ever called where there are none', () => {
    let runs = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const changes = runOf({ overhead: steady, noiseUs: 0.4, seed }).versionChanges ?? [];
      if (changes.some(({ changed }) => changed)) runs += 1;
    }
    // At 5 % a family 3 of 60 are expected, and the floor leaves fewer.
    expect(runs).toBeLessThanOrEqual(3);
  });

  it('need as many restarts as ranking does', () => {
    const dearer = (arm: ArmIdentity) => steady(arm) + (arm.envoy === '1.40.0' ? 5 : 0);
    const changes = runOf({ overhead: dearer, restarts: 11 }).versionChanges ?? [];
    expect(changes.some(({ changed }) => changed)).toBe(false);
  });

  it('go over a version on which a variant has no numbers', () => {
    const changes = runOf({
      overhead: steady,
      without: ({ variant, envoy }) => variant === 'wasm/rust' && envoy === '1.39.3',
    }).versionChanges;
    const steps = changes?.filter(({ variant }) => variant === 'wasm/rust');
    expect(steps?.map(({ from, to }) => `${from} ${to}`)).toEqual(['1.38.2 1.40.0']);
  });

  it('are not called where a version has no A/A pair of the class', () => {
    const dearer = (arm: ArmIdentity) => steady(arm) + (arm.envoy === '1.40.0' ? 9 : 0);
    const changes = runOf({
      overhead: dearer,
      without: ({ class: kind, twinOf, envoy }) =>
        kind === 'external' && twinOf !== null && envoy === '1.38.2',
    }).versionChanges;
    const of = (id: string, from: string) =>
      changes?.find((each) => each.variant === id && each.from === from);
    expect(of('ext-proc/rust-uds', '1.38.2')).toMatchObject({ floorUs: null, changed: false });
    expect(of('ext-proc/rust-uds', '1.39.3')).toMatchObject({ changed: true });
    expect(of('lua', '1.39.3')).toMatchObject({ changed: true });
  });

  it('an Envoy with too few restarts is told of by its name', () => {
    const { warnings } = runOf({
      overhead: steady,
      without: ({ envoy }, restart) => envoy === '1.39.3' && restart === 11,
    });
    expect(warnings.find(({ code }) => code === 'few-restarts')?.message).toBe(
      'headers on 1.39.3 had 11 restarts: with fewer than 12 nothing is ranked',
    );
  });

  it('are no part of a run on one Envoy', () => {
    expect(runOf({ overhead: steady, envoys: ['1.40.0'] }).versionChanges).toBeUndefined();
  });
});
