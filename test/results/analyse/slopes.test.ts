import { describe, expect, it } from 'vitest';
import { analyse, type PlannedArm } from '../../../src/results/analyse/index.js';
import {
  type ArmIdentity,
  type Evidence,
  type Rung,
  runSchema,
  type Sample,
  type Slope,
} from '../../../src/results/schema/index.js';
import { seededRandom } from '../../../src/schedule/random.js';
import { fakeArm, fakeHeader, fakePlan } from '../../schedule/fixture-plan.js';
import { sampleOf } from '../store/fixture-sample.js';
import { proofs } from './fixture-proofs.js';

const bodies = [1, 16, 128, 1_024];
const plain = sampleOf();

/** What an arm costs at a rung in a restart, in µs; null where it was not measured there. */
type Cost = (arm: ArmIdentity, value: number, restart: number) => number | null;

interface Series {
  readonly variants?: readonly string[];
  readonly twins?: readonly string[];
  readonly values?: readonly number[];
  readonly quantity?: Rung['quantity'];
  readonly restarts?: number;
  readonly intervals?: boolean;
  readonly broken?: (arm: ArmIdentity) => boolean;
}

/** A stored run of a series, analysed: every cost is just what it is told to be. */
function runOf(cost: Cost, series: Series = {}) {
  const { variants = ['lua', 'ext-proc/rust'], twins = [], values = bodies, quantity = 'bodyKiB' } = series;
  const arms = values.flatMap((value) => {
    const scenario = `routing-${value}`;
    return [
      fakeArm('baseline', false, scenario),
      ...variants.map((variant) => fakeArm(variant, false, scenario)),
      ...twins.map((variant) => fakeArm(variant, true, scenario)),
    ];
  });
  const samples: Sample[] = [];
  const evidence: Evidence[] = [];
  for (const arm of arms) {
    const value = Number(arm.scenario.slice('routing-'.length));
    for (let restart = 0; restart < (series.restarts ?? 12); restart += 1) {
      const us = cost(arm, value, restart);
      if (us === null) continue;
      evidence.push(...proofs(arm, restart, series.broken?.(arm) ?? false));
      samples.push({ ...plain, arm: arm.id, restart, requests: 1_000, envoyNs: us * 1e6 });
    }
  }
  const header = fakeHeader(fakePlan());
  const planned: PlannedArm[] = arms.map((identity) => ({ identity, known: null }));
  const scenarios = values.map((value) => ({
    name: `routing-${value}`,
    title: 'Routing',
    summary: 'By model',
    family: 'routing',
    rung: { quantity, value },
  }));
  const plan = { ...header.plan, intervals: series.intervals ?? true };
  return runSchema.parse(analyse({ ...header, plan, scenarios }, planned, samples, evidence));
}

const startUs = 5;
const perKiBUs = 0.25;
/** A straight line over a baseline that drifts between restarts and grows with the body. */
const straight: Cost = (arm, value, restart) => {
  const baseline = 34 + 3 * Math.sin(restart) + 0.1 * value;
  return arm.class === 'baseline' ? baseline : baseline + startUs + perKiBUs * value;
};

function slopeOf(run: { slopes: readonly Slope[] }, variant: string): Slope {
  return run.slopes.find((slope) => slope.variant === variant)!;
}

/** Normal numbers (Box and Muller 1958) of a seed. */
function normals(seed: number): () => number {
  const random = seededRandom(seed, 'slopes');
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

describe('a straight line', () => {
  it('comes back as it was, restart by restart, whatever the baseline does', () => {
    const run = runOf(straight);
    expect(run.slopes.map(({ variant }) => variant)).toEqual(['lua', 'ext-proc/rust']);
    const lua = slopeOf(run, 'lua');
    expect(lua).toMatchObject({ family: 'routing', quantity: 'bodyKiB', mechanism: 'lua', rungs: bodies });
    expect(lua).toMatchObject({ class: 'in-process', envoy: '1.40.0', runtime: 'native', noiseUs: null });
    expect(lua.slopeUs.perRestart).toHaveLength(12);
    for (const slope of lua.slopeUs.perRestart) expect(slope).toBeCloseTo(perKiBUs, 9);
    for (const start of lua.interceptUs.perRestart) expect(start).toBeCloseTo(startUs, 7);
    expect(lua.slopeUs).toMatchObject({ restarts: 12, slices: 48, load: plain.load });
    expect(lua.r2).toBeCloseTo(1, 9);
    expect(lua.largestResidualUs).toBeCloseTo(0, 7);
  });

  it('is per filter in a row, too', () => {
    const run = runOf(straight, { quantity: 'filters', values: [1, 2, 4, 8] });
    expect(slopeOf(run, 'lua')).toMatchObject({ quantity: 'filters', rungs: [1, 2, 4, 8] });
    expect(slopeOf(run, 'lua').slopeUs.estimate).toBeCloseTo(perKiBUs, 9);
  });

  it('counts the external server', () => {
    const run = runOf(straight);
    expect(slopeOf(run, 'ext-proc/rust').class).toBe('external');
  });

  it('lies inside its interval in about 95 of 100 runs', () => {
    let [slopes, starts] = [0, 0];
    const runs = 120;
    for (let seed = 1; seed <= runs; seed += 1) {
      const normal = normals(seed);
      const noisy: Cost = (arm, value, restart) =>
        (straight(arm, value, restart) ?? 0) + normal() * (0.8 + 0.02 * value);
      const { slopeUs, interceptUs } = slopeOf(runOf(noisy, { variants: ['lua'] }), 'lua');
      if (slopeUs.low! <= perKiBUs && perKiBUs <= slopeUs.high!) slopes += 1;
      if (interceptUs.low! <= startUs && startUs <= interceptUs.high!) starts += 1;
    }
    expect(slopes / runs).toBeGreaterThan(0.89);
    expect(starts / runs).toBeGreaterThan(0.89);
  });
});

describe('what is not straight', () => {
  it('shows in r² and in the farthest residual', () => {
    const bent: Cost = (arm, value, restart) =>
      (straight(arm, value, restart) ?? 0) + (arm.class !== 'baseline' && value === 128 ? 40 : 0);
    const lua = slopeOf(runOf(bent), 'lua');
    expect(lua.r2).toBeLessThan(0.99);
    expect(lua.r2).toBeGreaterThan(0.8);
    expect(lua.largestResidualUs).toBeGreaterThan(20);
    expect(lua.residuals.map(({ rung }) => rung)).toEqual(bodies);
    const [, , at128] = lua.residuals;
    expect(at128!.us).toBeCloseTo(lua.largestResidualUs, 9);
    expect(at128!.low).toBeGreaterThan(20);
  });

  it('shows in residuals that are surely not 0, and only there', () => {
    const noisyOf = (bendUs: number): Cost => {
      const normal = normals(8);
      return (arm, value, restart) =>
        (straight(arm, value, restart) ?? 0) +
        normal() * (0.8 + 0.01 * value) +
        (arm.class !== 'baseline' && value === 1 ? bendUs : 0);
    };
    const surely = (bendUs: number) =>
      slopeOf(runOf(noisyOf(bendUs)), 'lua').residuals.filter(({ low, high }) => low! > 0 || high! < 0);
    expect(surely(0)).toEqual([]);
    expect(surely(20).map(({ rung }) => rung)).toContain(1);
  });

  it('cannot be told by two rungs: there is no r²', () => {
    const lua = slopeOf(runOf(straight, { values: [1, 16] }), 'lua');
    expect(lua.r2).toBeNull();
    expect(lua.residuals).toEqual([]);
    expect(lua.slopeUs.estimate).toBeCloseTo(perKiBUs, 9);
  });
});

describe('what is not whole', () => {
  it('leaves a restart out that lacks a rung, and pairs the others by their index', () => {
    // Each restart has a slope of its own, so that a shift by one would show.
    const tilted: Cost = (arm, value, restart) => {
      if (arm.variant === 'lua' && value === 16 && restart === 3) return null;
      return (straight(arm, value, restart) ?? 0) + (arm.class === 'baseline' ? 0 : restart * value);
    };
    const { slopeUs } = slopeOf(runOf(tilted), 'lua');
    expect(slopeUs.perRestart.map((slope) => Math.round(slope - perKiBUs))).toEqual([
      0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
    expect(slopeUs.restarts).toBe(11);
  });

  it('leaves a rung out where the arm is invalid, and says which are left', () => {
    const broken = ({ variant, scenario }: ArmIdentity) => variant === 'lua' && scenario === 'routing-1024';
    const run = runOf(straight, { broken });
    expect(slopeOf(run, 'lua').rungs).toEqual([1, 16, 128]);
    expect(slopeOf(run, 'ext-proc/rust').rungs).toEqual(bodies);
  });

  it('has no slope with one rung, nor where no restart has all rungs', () => {
    expect(runOf(straight, { values: [16] }).slopes).toEqual([]);
    const apart: Cost = (arm, value, restart) =>
      arm.variant === 'lua' && (value === 1) !== restart < 6 ? null : straight(arm, value, restart);
    expect(runOf(apart).slopes.map(({ variant }) => variant)).toEqual(['ext-proc/rust']);
  });

  it('has neither an interval nor a noise without intervals', () => {
    const run = runOf(straight, { intervals: false, restarts: 2, twins: ['lua'] });
    expect(slopeOf(run, 'lua').slopeUs).toMatchObject({ low: null, high: null, restarts: 2 });
    expect(slopeOf(run, 'lua').residuals[0]).toMatchObject({ rung: 1, low: null, high: null });
    expect(slopeOf(run, 'lua').noiseUs).toBeNull();
  });
});

describe('the noise of a slope', () => {
  const tilt = 0.03;
  const twinTilted: Cost = (arm, value, restart) =>
    (straight(arm, value, restart) ?? 0) + (arm.twinOf === null ? 0 : tilt * value);

  it('is how steep A/A pairs of the class are over the same rungs', () => {
    const run = runOf(twinTilted, { twins: ['baseline', 'lua'] });
    expect(slopeOf(run, 'lua').noiseUs).toBeCloseTo(tilt, 9);
    expect(slopeOf(run, 'ext-proc/rust').noiseUs).toBeNull();
    expect(slopeOf(runOf(twinTilted, { twins: ['ext-proc/rust'] }), 'ext-proc/rust').noiseUs).toBeCloseTo(
      tilt,
      9,
    );
  });

  it('takes the farthest end of all pairs, and none that lacks a rung', () => {
    const normal = normals(5);
    const noisy: Cost = (arm, value, restart) => (straight(arm, value, restart) ?? 0) + normal();
    const run = runOf(noisy, { twins: ['baseline', 'lua'] });
    expect(slopeOf(run, 'lua').noiseUs).toBeGreaterThan(0);
    expect(slopeOf(run, 'lua').noiseUs).toBeLessThan(0.01);
    const broken = ({ twinOf, scenario }: ArmIdentity) => twinOf !== null && scenario === 'routing-16';
    expect(slopeOf(runOf(noisy, { twins: ['lua'], broken }), 'lua').noiseUs).toBeNull();
  });
});

describe('the noise floor of a series', () => {
  it('is a rung by itself, so that a large body hides no small one', () => {
    const normal = normals(6);
    const growing: Cost = (arm, value, restart) =>
      (straight(arm, value, restart) ?? 0) + normal() * 0.1 * value;
    const run = runOf(growing, { variants: ['lua', 'wasm/rust'], twins: ['lua'] });
    expect(run.noiseFloor).toEqual({ inProcess: null, external: null });
    const floors = run.rungNoiseFloors.map(({ inProcess }) => inProcess!.cpuUs);
    expect(run.rungNoiseFloors.map(({ scenario }) => scenario)).toEqual(
      bodies.map((value) => `routing-${value}`),
    );
    expect(floors[0]).toBeLessThan(1);
    expect(floors[3]).toBeGreaterThan(10);
    expect(run.comparisons.map(({ scenario }) => scenario)).toEqual(
      bodies.map((value) => `routing-${value}`),
    );
  });
});
