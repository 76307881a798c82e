import { describe, expect, it } from 'vitest';
import { type Chart, chartKinds, chartsOf } from '../../src/report/index.js';
import { drawSvg } from '../../src/report/render/svg.js';
import type { Run } from '../../src/results/schema/index.js';
import { runSchema } from '../../src/results/schema/index.js';
import { fixtureRun, leakedNumber } from './fixture-run.js';

const profiles = ['quick', 'smoke'] as const;
const scenarios = ['noop', 'headers', 'access'];

function chartOf(run: Run, name: string): Chart {
  return chartsOf(run).find((chart) => chart.name === name)!;
}

function pretty(run: Run, name: string): string {
  return JSON.stringify(chartOf(run, name).spec, null, 2);
}

describe('fixture', () => {
  it.each(profiles)('is a run by the schema (%s)', (profile) => {
    expect(() => runSchema.parse(fixtureRun(profile))).not.toThrow();
  });
});

it('every scenario has its own charts, of names that tell which', () => {
  const kinds = ['overhead-cpu', 'throughput', 'latency-unloaded', 'memory', 'restarts', 'distributions'];
  const names = scenarios.flatMap((scenario) => kinds.map((kind) => `${scenario}-${kind}`));
  expect(chartsOf(fixtureRun()).map(({ name }) => name)).toEqual(['costs', ...names]);
});

it('no name of a stored run leads out of the folder of charts', () => {
  const run = fixtureRun();
  const evil = '../../x';
  const moved = {
    ...run,
    scenarios: run.scenarios.map((each) => ({ ...each, name: evil, family: evil })).slice(0, 1),
    arms: run.arms.map((arm) => ({ ...arm, scenario: evil })),
  };
  const names = chartsOf(moved).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(name).not.toContain('/');
});

// Slopes and curves need a series and versions several Envoys, which this run has not: they have tests of their own.
const ofScenarios = chartKinds.filter(({ name }) => !['slopes', 'curves', 'versions'].includes(name));

describe.each(ofScenarios.map((kind) => [kind.name]))('chart %s', (kind) => {
  it('is the same to the byte for the same run, also after a round trip through JSON', () => {
    const name = `noop-${kind}`;
    const stored = JSON.stringify(fixtureRun());
    const [first, second] = [stored, stored].map((text) => pretty(runSchema.parse(JSON.parse(text)), name));
    expect(second).toBe(first);
    expect(pretty(fixtureRun(), name)).toBe(first);
  });

  it.each(profiles)('compiles and draws without a complaint of Vega (%s)', async (profile) => {
    for (const scenario of scenarios) {
      const { spec, alt } = chartOf(fixtureRun(profile), `${scenario}-${kind}`);
      const { svg, complaints } = await drawSvg(spec, alt);
      expect(complaints).toEqual([]);
      expect(svg).toMatch(/^<svg role="img" aria-label="/);
      expect(svg).not.toMatch(/NaN|undefined/);
      // Ids would clash where several charts stand in one page.
      expect(svg).not.toMatch(/ id="/);
    }
  });

  it('shows neither an invalid arm, nor a copy, nor the baseline', () => {
    const run = fixtureRun();
    for (const scenario of scenarios) {
      const text = pretty(run, `${scenario}-${kind}`);
      expect(text).not.toContain(String(leakedNumber));
      expect(text).not.toContain(leakedNumber.toPrecision(4));
      // Response times are no differences: there the baseline is a curve like any other.
      if (kind !== 'distributions') expect(text).not.toContain('"variant": "baseline"');
      expect(text).toContain('"variant": "wasm/rust"');
    }
    expect(pretty(run, `noop-${kind}`)).toContain('"variant": "lua"');
    expect(pretty(run, `access-${kind}`)).not.toContain('"variant": "lua"');
  });

  it('shows no interval and no noise floor in smoke, even where the data holds one', () => {
    const run = fixtureRun('smoke');
    const floor = { cpuUs: 0.5, p50Us: 1, throughputRatio: 0.01, pairs: ['a'] };
    const sly = {
      ...fixtureRun(),
      plan: run.plan,
      profile: run.profile,
      noiseFloor: { inProcess: floor, external: floor },
    };
    for (const each of [run, sly]) {
      const text = pretty(each, `headers-${kind}`);
      expect(text).not.toContain('"low"');
      expect(text).not.toContain('±');
      expect(text).not.toContain('within noise');
    }
    expect(pretty(run, `headers-${kind}`)).toContain('smoke: no intervals, nothing is ranked');
  });

  it('says every charted number in its alternative text', () => {
    const { alt } = chartOf(fixtureRun(), `noop-${kind}`);
    expect(alt).toContain('ext-authz/rust-grpc-uds');
    expect(alt).toContain('noop');
    expect(alt).not.toContain(leakedNumber.toLocaleString('en-US'));
  });

  it('does not apply to a run without numbers', () => {
    const run = fixtureRun();
    const arms = run.arms.map((arm) => ({ ...arm, status: 'invalid' as const, reason: 'all failed' }));
    expect(chartsOf({ ...run, arms })).toEqual([]);
  });
});

describe('overhead-cpu', () => {
  it('ends the bar of an arm at its total', () => {
    const run = fixtureRun();
    const arm = run.arms.find(({ variant, scenario }) => variant === 'ext-proc/rust' && scenario === 'noop')!;
    const text = JSON.stringify(chartOf(run, 'noop-overhead-cpu').spec);
    const total = Number(arm.overhead!.totalCpuUs.estimate.toPrecision(4));
    const envoy = Number(arm.overhead!.cpuUs.estimate.toPrecision(4));
    expect(text).toContain(`"mechanism":"ext-proc","from":0,"to":${envoy},"estimate":`);
    expect(text).toContain(`"mechanism":"ext-proc","from":${envoy},"to":${total}}`);
  });
});

it.each([0.01, 0.3, 1.4])('the axis of throughput holds a noise floor of %f', (throughputRatio) => {
  const floor = { cpuUs: 0.5, p50Us: 1, throughputRatio, pairs: ['a'] };
  const run = { ...fixtureRun(), noiseFloor: { inProcess: floor, external: floor } };
  const text = JSON.stringify(chartOf(run, 'headers-throughput').spec);
  const [lowest, highest] = JSON.parse(/"domain":(\[[\d.,]+\])/.exec(text)![1]!);
  const bands = [...text.matchAll(/"from":([-\d.]+),"to":([\d.]+)/g)].map(([, from, to]) => [
    Number(from),
    Number(to),
  ]);
  expect(bands.length).toBeGreaterThan(0);
  for (const [from, to] of bands) {
    expect(from).toBeGreaterThanOrEqual(lowest);
    expect(to).toBeLessThanOrEqual(highest);
  }
});
