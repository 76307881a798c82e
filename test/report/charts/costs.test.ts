import { describe, expect, it } from 'vitest';
import { costsChart } from '../../../src/report/charts/costs/index.js';
import { drawSvg } from '../../../src/report/render/svg.js';
import type { Run } from '../../../src/results/schema/index.js';
import { fixtureRun, leakedNumber } from '../fixture-run.js';

const textOf = (run: Run) => JSON.stringify(costsChart(run)!.spec);

/** The same run with each scenario as many times as it takes to have `count`, each under a name of its own. */
function withScenarios(count: number): Run {
  const run = fixtureRun();
  const all = Array.from({ length: count }, (_, index) => run.scenarios[index % run.scenarios.length]!);
  const named = (name: string, index: number) => `${name}-${index}`;
  return {
    ...run,
    scenarios: all.map((each, index) => ({
      ...each,
      name: named(each.name, index),
      family: named(each.family, index),
    })),
    arms: all.flatMap(({ name }, index) =>
      run.arms
        .filter(({ scenario }) => scenario === name)
        .map((arm) => ({ ...arm, id: named(arm.id, index), scenario: named(name, index) })),
    ),
    comparisons: [],
  };
}

describe('the chart of a whole run', () => {
  it('shows of each mechanism the variant that adds least, and names it', () => {
    const { alt } = costsChart(fixtureRun())!;
    expect(alt).toMatch(
      /noop: cpp [^,]*, lua [^,]*, wasm\/rust [^,]*, dynamic-module\/rust [^,]*, ext-proc\/rust-uds [^,]*, ext-authz\/rust-grpc-uds/,
    );
    expect(alt).not.toContain('ext-proc/rust 8');
    expect(textOf(fixtureRun())).toContain('Of each mechanism the variant that adds least in that scenario');
  });

  it('changes the variant with the scenario', () => {
    const run = fixtureRun();
    const arms = run.arms.map((arm) =>
      arm.scenario === 'access' && arm.variant === 'ext-proc/rust-uds' && arm.overhead
        ? {
            ...arm,
            overhead: { ...arm.overhead, totalCpuUs: { ...arm.overhead.totalCpuUs, estimate: 500 } },
          }
        : arm,
    );
    const { alt } = costsChart({ ...run, arms })!;
    expect(alt.slice(alt.indexOf('access:'))).toContain('ext-proc/rust 9');
    expect(alt.slice(0, alt.indexOf('access:'))).not.toContain('ext-proc/rust ');
  });

  it('says who has no number, and shows none of an invalid arm', () => {
    const run = fixtureRun();
    const { alt } = costsChart(run)!;
    expect(alt.slice(alt.indexOf('access:'))).toContain('lua invalid');
    expect(textOf(run)).not.toContain(String(leakedNumber));
    const refused = {
      ...run,
      arms: run.arms.map((arm) =>
        arm.mechanism === 'wasm' ? { ...arm, status: 'unsupported' as const, reason: 'no' } : arm,
      ),
    };
    expect(costsChart(refused)!.alt).toContain('wasm unsupported');
  });

  it('draws hollow what lies within the noise floor', () => {
    const run = fixtureRun();
    const hollow = /"filled":false/;
    expect(costsChart(run)!.alt).toContain('within noise');
    expect(textOf(run)).toMatch(hollow);
    expect(textOf(run)).toContain('Hollow: no more than identical arms differed by');
    const quiet = { cpuUs: 0.0001, p50Us: 1, throughputRatio: 0.01, pairs: ['a'] };
    const silent = { ...run, noiseFloor: { inProcess: quiet, external: quiet } };
    expect(textOf(silent)).not.toMatch(hollow);
    expect(textOf(silent)).not.toContain('Hollow');
  });

  it('has one scale for all scenarios, which holds every interval, and no bars', () => {
    const text = textOf(fixtureRun());
    const domains = [...text.matchAll(/"type":"symlog","constant":1,"domain":\[([-\d.]+),([-\d.]+)\]/g)];
    expect(domains).toHaveLength(3);
    const [low, high] = domains[0]!.slice(1).map(Number);
    for (const [, from, to] of domains) expect([Number(from), Number(to)]).toEqual([low, high]);
    const ends = [...text.matchAll(/"(?:low|high)":([-\d.]+)/g)].map(([, end]) => Number(end));
    expect(ends.length).toBeGreaterThan(0);
    for (const end of ends) expect(end >= low! && end <= high!).toBe(true);
    expect(text).not.toContain('"bar"');
  });

  it('says in smoke that there are no intervals, and shows none', () => {
    const text = textOf(fixtureRun('smoke'));
    expect(text).toContain('smoke: no intervals, nothing is ranked');
    expect(text).not.toMatch(/±|"low"|Whisker|"filled":false/);
  });

  it.each([1, 25])('draws %i scenarios without a complaint of Vega', async (count) => {
    const { spec, alt } = costsChart(withScenarios(count))!;
    const { svg, complaints } = await drawSvg(spec, alt);
    expect(complaints).toEqual([]);
    expect(svg).not.toMatch(/NaN|undefined| id="/);
    const width = Number(/ width="(\d+)"/.exec(svg)![1]);
    expect(width).toBeLessThan(count === 1 ? 520 : 1040);
  });

  it('shows hostile names as text', async () => {
    const evil = `<b>"]'</b>`;
    const run = fixtureRun();
    const arms = run.arms.map((arm) => ({ ...arm, variant: `${arm.variant}${evil}` }));
    const { spec, alt } = costsChart({ ...run, arms })!;
    const { svg, complaints } = await drawSvg(spec, alt);
    expect(complaints).toEqual([]);
    expect(svg).not.toContain('<b>');
    expect(svg).toContain('&lt;b&gt;');
  });

  it('is not drawn without numbers, nor of a calibration, whose costs are injected', () => {
    const run = fixtureRun();
    const arms = run.arms.map((arm) => ({ ...arm, status: 'invalid' as const, reason: 'all failed' }));
    expect(costsChart({ ...run, arms })).toBeNull();
    expect(costsChart({ ...run, arms: [] })).toBeNull();
    expect(costsChart({ ...run, calibration: [] })).toBeNull();
  });
});
