import { describe, expect, it } from 'vitest';
import { spread } from '../../src/report/charts/curves/names.js';
import { type Chart, chartsOf } from '../../src/report/index.js';
import { drawSvg } from '../../src/report/render/svg.js';
import { type Run, runSchema } from '../../src/results/schema/index.js';
import { fixtureRun, leakedNumber } from './fixture-run.js';
import { seriesRun } from './fixture-series.js';
import { wholeRun } from './fixture-whole.js';

const run = seriesRun();
const profiles = ['quick', 'smoke'] as const;
const kinds = ['curves', 'slopes'] as const;
const families = ['chain', 'model-routing'] as const;

function chartOf(of: Run, name: string): Chart {
  return chartsOf(of).find((chart) => chart.name === name)!;
}

/** The same run with one variant's slope as flat as the noise. */
function flatRun(): Run {
  const slopes = run.slopes.map((slope) =>
    slope.variant === 'cpp' && slope.family === 'chain' ? { ...slope, noiseUs: 50 } : slope,
  );
  return { ...run, slopes };
}

/** The same run in which one variant's small bodies cost surely more than the line says. */
function bentRun(): Run {
  const slopes = run.slopes.map((slope) => {
    if (slope.variant !== 'lua' || slope.family !== 'model-routing') return slope;
    const residuals = slope.residuals.map((each) =>
      each.rung === 16 ? { rung: 16, us: 30, low: 24, high: 36 } : each,
    );
    return { ...slope, residuals };
  });
  return { ...run, slopes };
}

describe.each(kinds)('chart %s', (kind) => {
  it.each(profiles)('compiles and draws without a complaint of Vega (%s)', async (profile) => {
    const each = runSchema.parse(seriesRun(profile));
    for (const family of families) {
      const { spec, alt } = chartOf(each, `${family}-${kind}`);
      const { svg, complaints } = await drawSvg(spec, alt);
      expect(complaints).toEqual([]);
      expect(svg).not.toMatch(/NaN|undefined| id="/);
    }
  });

  it('is the same to the byte for the same run', () => {
    const again = runSchema.parse(JSON.parse(JSON.stringify(run)));
    const text = (of: Run) => JSON.stringify(chartOf(of, `chain-${kind}`).spec);
    expect(text(again)).toBe(text(run));
  });

  it('shows neither the baseline, nor copies, nor numbers of invalid arms', () => {
    const text = JSON.stringify(chartOf(run, `chain-${kind}`).spec);
    expect(text).toContain('"variant":"lua"');
    expect(text).not.toContain('"variant":"baseline"');
    expect(text).not.toContain(String(leakedNumber));
  });

  it('shows no interval in smoke', () => {
    const text = JSON.stringify(chartOf(seriesRun('smoke'), `model-routing-${kind}`).spec);
    expect(text).not.toMatch(/"low"|±|within noise|not straight/);
    expect(text).toContain('smoke: no intervals, nothing is ranked');
  });

  it('has a plot for each class', () => {
    const { spec } = chartOf(run, `model-routing-${kind}`);
    const { vconcat } = spec as unknown as { vconcat: { title: { text: string } }[] };
    expect(vconcat.map(({ title }) => title.text)).toEqual([
      'model-routing · in-process',
      'model-routing · external server',
    ]);
  });

  it('says where a slope is within the noise, and where there is no straight line', () => {
    expect(chartOf(flatRun(), `chain-${kind}`).alt).toMatch(/cpp [\d.]+ ±[\d.]+[^,]*,? ?\(?within noise/);
    expect(chartOf(run, `model-routing-${kind}`).alt).not.toContain('not straight');
    expect(chartOf(bentRun(), `model-routing-${kind}`).alt).toMatch(/lua [\d.]+ ±[^,]*,? ?\(?not straight/);
  });
});

describe('charts of a run with series', () => {
  it('are bars for what is no series, curves and slopes for what is', () => {
    const names = chartsOf(run).map(({ name }) => name);
    expect(names.filter((name) => /^(chain|model).*(curves|slopes|overhead)/.test(name))).toEqual([
      'chain-curves',
      'chain-slopes',
      'model-routing-curves',
      'model-routing-slopes',
    ]);
    expect(chartsOf(fixtureRun()).map(({ name }) => name)).toEqual(
      names.filter((name) => !/^(chain|model)/.test(name)),
    );
  });

  it('are bars for a rung by itself', () => {
    const alone = {
      ...run,
      scenarios: run.scenarios.filter(({ name }) => name === 'chain-2'),
      arms: run.arms.filter(({ scenario }) => scenario === 'chain-2'),
      slopes: [],
    };
    expect(chartsOf(alone).map(({ name }) => name)).toContain('chain-2-overhead-cpu');
  });
});

describe('curves', () => {
  it('have every rung and its size on the axis', async () => {
    const { svg } = await drawSvg(chartOf(run, 'model-routing-curves').spec, '');
    for (const label of ['1 KiB', '16 KiB', '128 KiB', '1 MiB']) expect(svg).toContain(`>${label}<`);
  });

  it('say every number in their alternative text, and what the baseline spends', () => {
    const { alt, spec } = chartOf(run, 'model-routing-curves');
    expect(alt).toMatch(/wasm\/rust 0\.\d+ ±0\.\d+ µs per KiB \([\d.]+ ±[\d.]+ at 1 KiB, .*at 1 MiB\)/);
    expect(chartOf(run, 'chain-curves').alt).toMatch(/at 8 filters/);
    expect(JSON.stringify(spec)).toMatch(/[\d.]+ at 1 KiB, [\d.]+ at 16 KiB/);
  });

  it('keep the numbers of the scale clear of its title, in a wide font, too', async () => {
    const emsOfDigit = 0.64;
    const whole = wholeRun();
    for (const { name, spec } of chartsOf(whole).filter((each) => each.name.endsWith('-curves'))) {
      const { svg } = await drawSvg(spec, '');
      const titles = [...svg.matchAll(/translate\((-[\d.]+),[^)]*\) rotate\(-90\)/g)];
      const labels = [
        ...svg.matchAll(
          /text-anchor="end" transform="translate\((-[\d.]+),[^>]*font-size="12px"[^>]*>([^<]+)</g,
        ),
      ];
      expect(titles, name).toHaveLength(2);
      expect(labels.length, name).toBeGreaterThan(6);
      const leftmost = Math.min(...labels.map(([, at, text]) => Number(at) - text!.length * 12 * emsOfDigit));
      for (const [, at] of titles) expect(Number(at) + 3, name).toBeLessThan(leftmost);
    }
  });

  it('have a dash and a dot of their own for each variant of a mechanism, the same in all charts', () => {
    const whole = wholeRun();
    const styles = new Map<string, Set<number>>();
    for (const { spec } of chartsOf(whole).filter(({ name }) => name.endsWith('-curves'))) {
      const rows = JSON.stringify(spec).matchAll(/"variant":"([^"]+)","mechanism":"([^"]+)","style":(\d+)/g);
      for (const [, variant, , style] of rows) {
        styles.set(variant!, (styles.get(variant!) ?? new Set()).add(Number(style)));
      }
    }
    expect(styles.size).toBe(20);
    for (const own of styles.values()) expect(own.size).toBe(1);
    const looks = [...styles].map(([variant, [style]]) => `${variant.split('/')[0]} ${style}`);
    expect(new Set(looks).size).toBe(looks.length);
  });

  it('keep names apart, in the order of the curves, and within the plot', () => {
    expect(spread([100, 101, 10], 180, 30)).toEqual([100, 130, 15]);
    const crowded = spread([200, 199, 198, 0], 120, 30);
    expect(crowded).toEqual([105, 75, 45, 15]);
  });
});

describe('slopes', () => {
  it('have the interval and the noise in the picture', () => {
    const { slopeUs, noiseUs } = run.slopes.find(
      ({ variant, family }) => variant === 'lua' && family === 'model-routing',
    )!;
    const text = JSON.stringify(chartOf(run, 'model-routing-slopes').spec);
    const short = (value: number) => Number(value.toPrecision(4));
    expect(text).toContain(`"variant":"lua","low":${short(slopeUs.low!)},"high":${short(slopeUs.high!)}`);
    expect(text).toContain(`"variant":"lua","from":${-noiseUs!},"to":${noiseUs}`);
    expect(text).toContain(`"variant":"lua","mechanism":"lua","from":0,"to":${short(slopeUs.estimate)}`);
  });
});
