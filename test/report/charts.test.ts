import { describe, expect, it } from 'vitest';
import { charts } from '../../src/report/index.js';
import { drawSvg } from '../../src/report/render/svg.js';
import type { Run } from '../../src/results/schema/index.js';
import { runSchema } from '../../src/results/schema/index.js';
import { fixtureRun, leakedNumber } from './fixture-run.js';

const profiles = ['quick', 'smoke'] as const;

function pretty(run: Run, name: string): string {
  return JSON.stringify(charts.find((chart) => chart.name === name)!.spec(run), null, 2);
}

describe('fixture', () => {
  it.each(profiles)('is a run by the schema (%s)', (profile) => {
    expect(() => runSchema.parse(fixtureRun(profile))).not.toThrow();
  });
});

// Slopes need a series, which this run has not: slopes.test.ts is about them.
const ofScenarios = charts.filter(({ name }) => name !== 'slopes');

describe.each(ofScenarios.map((chart) => [chart.name, chart] as const))('chart %s', (name, chart) => {
  it('is the same to the byte for the same run, also after a round trip through JSON', () => {
    const stored = JSON.stringify(fixtureRun());
    const [first, second] = [stored, stored].map((text) => pretty(runSchema.parse(JSON.parse(text)), name));
    expect(second).toBe(first);
    expect(pretty(fixtureRun(), name)).toBe(first);
  });

  it.each(profiles)('compiles and draws without a complaint of Vega (%s)', async (profile) => {
    const run = fixtureRun(profile);
    const { svg, complaints } = await drawSvg(chart.spec(run), chart.alt(run));
    expect(complaints).toEqual([]);
    expect(svg).toMatch(/^<svg role="img" aria-label="/);
    expect(svg).not.toMatch(/NaN|undefined/);
    // Ids would clash where several charts stand in one page.
    expect(svg).not.toMatch(/ id="/);
  });

  it('shows neither an invalid arm, nor a copy, nor the baseline', () => {
    const run = fixtureRun();
    const text = pretty(run, name);
    expect(text).not.toContain(String(leakedNumber));
    expect(text).not.toContain(leakedNumber.toPrecision(4));
    expect(text).not.toContain('"variant": "baseline"');
    const panels = JSON.parse(text).vconcat as { title: { text: string }; layer: unknown[] }[];
    const access = JSON.stringify(panels.filter(({ title }) => title.text.startsWith('access')));
    expect(access).toContain('wasm/rust');
    expect(access).not.toContain('"lua","mechanism"');
    expect(access).not.toContain('"variant":"lua"');
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
      const text = pretty(each, name);
      expect(text).not.toContain('"low"');
      expect(text).not.toContain('±');
      expect(text).not.toContain('within noise');
    }
    expect(pretty(run, name)).toContain('smoke: no intervals, nothing is ranked');
  });

  it('says every charted number in its alternative text', () => {
    const run = fixtureRun();
    expect(chart.alt(run)).toContain('ext-authz/rust-grpc-uds');
    expect(chart.alt(run)).toContain('noop');
    expect(chart.alt(run)).not.toContain(leakedNumber.toLocaleString('en-US'));
  });

  it('does not apply to a run without numbers', () => {
    const run = fixtureRun();
    expect(chart.applies(run)).toBe(true);
    const arms = run.arms.map((arm) => ({ ...arm, status: 'invalid' as const, reason: 'all failed' }));
    expect(chart.applies({ ...run, arms })).toBe(false);
  });
});

describe('several Envoys', () => {
  it('gives each its own plots, named in the title', async () => {
    const run = fixtureRun();
    const old = '1.36.4';
    const moved = run.arms.map((arm) => ({
      ...arm,
      id: arm.id.replace('1.40.0', old),
      twinOf: arm.twinOf?.replace('1.40.0', old) ?? null,
      envoy: old,
    }));
    const both = {
      ...run,
      envoys: [{ ...run.envoys[0]!, version: old }, run.envoys[0]!],
      arms: [...run.arms, ...moved],
    };
    const text = pretty(both, 'throughput');
    expect(text.indexOf('noop · Envoy 1.36.4')).toBeGreaterThan(0);
    expect(text.indexOf('noop · Envoy 1.36.4')).toBeLessThan(text.indexOf('noop · Envoy 1.40.0'));
  });
});

describe('overhead-cpu', () => {
  it('ends the bar of an arm at its total', () => {
    const run = fixtureRun();
    const arm = run.arms.find(({ variant, scenario }) => variant === 'ext-proc/rust' && scenario === 'noop')!;
    const text = JSON.stringify(JSON.parse(pretty(run, 'overhead-cpu')));
    const total = Number(arm.overhead!.totalCpuUs.estimate.toPrecision(4));
    const envoy = Number(arm.overhead!.cpuUs.estimate.toPrecision(4));
    expect(text).toContain(`"mechanism":"ext-proc","from":0,"to":${envoy}}`);
    expect(text).toContain(`"mechanism":"ext-proc","from":${envoy},"to":${total}}`);
  });
});
