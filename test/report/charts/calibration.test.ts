import { describe, expect, it } from 'vitest';
import { calibrationChart } from '../../../src/report/charts/calibration/index.js';
import { reportHtml, reportMarkdown } from '../../../src/report/index.js';
import { drawSvg } from '../../../src/report/render/svg.js';
import { type CalibrationPoint, type Run, runSchema } from '../../../src/results/schema/index.js';
import { fixtureRun } from '../fixture-run.js';

/** A run that injects CPU, a sleep and loops by its arms. */
function calibrated(profile: Run['profile'] = 'quick', variant = 'dynamic-module/rust'): Run {
  const run = fixtureRun(profile);
  const { id, overhead } = run.arms.find((arm) => arm.variant === 'dynamic-module/rust')!;
  const estimate = (us: number) => ({
    ...overhead!.totalCpuUs,
    estimate: us,
    low: profile === 'smoke' ? null : us - 3,
    high: profile === 'smoke' ? null : us + 3,
  });
  const point = (kind: CalibrationPoint['injection']['kind'], amount: number): CalibrationPoint => ({
    arm: id,
    injection: { kind, amount },
    truthUs: kind === 'loops' ? null : amount + 0.1,
    cpuUs: estimate(kind === 'loops' ? amount / 100 : amount + 0.5),
    p50Us: estimate(amount + 40),
    covered: null,
  });
  const series = (kind: CalibrationPoint['injection']['kind'], amounts: number[]) => ({
    variant,
    kind,
    points: amounts.map((amount) => point(kind, amount)),
    line: kind === 'loops' ? { slope: 0.01, interceptUs: 0.2, r2: 0.998 } : null,
  });
  return {
    ...run,
    calibration: [
      series('cpu', [2, 5, 20, 100]),
      series('sleep', [5_000]),
      series('loops', [500, 1_000, 4_000]),
    ],
  };
}

const textOf = (run: Run) => JSON.stringify(calibrationChart(run)!.spec);

describe('the chart of a calibration', () => {
  it('is of a run by the schema', () => {
    expect(() => runSchema.parse(calibrated())).not.toThrow();
  });

  it('says in words what went in and what came back, under which load', () => {
    const { alt } = calibrationChart(calibrated())!;
    expect(alt).toContain('CPU injected, closed loop, 16 connections: injected 2.10 → 2.50 ±3.00');
    expect(alt).toContain('sleep injected, 1 connection: injected 5,000 → 5,040.0 ±3.0');
    expect(alt).toContain('10.0 µs per 1,000 loops, r² 0.9980: injected 500 → 5.00 ±3.00');
  });

  it('draws what was injected as a line, and the noise floor around it', () => {
    const text = textOf(calibrated());
    const [, from, to] = /"type":"line"[^{]*?/.test(text)
      ? /\{"injected":0,"us":0\},\{"injected":([\d.]+),"us":([\d.]+)\}/.exec(text)!
      : [];
    expect(from).toBe(to);
    expect(text).toContain('"area"');
    const silent = { ...calibrated(), noiseFloor: { inProcess: null, external: null } };
    expect(textOf(silent)).not.toMatch(/"area"|Grey band/);
  });

  it('tells in a tooltip what went in, what came back, its load and each restart', () => {
    const text = textOf(calibrated());
    expect(text).toMatch(
      /"place":"2\.10 µs injected","estimate":"2\.50 µs of CPU per request came back","interval":"\[−0\.50, 5\.50\] µs, 95 %"/,
    );
    expect(text).toContain('"place":"500 loops injected"');
    expect(text).toMatch(/"estimate":"5,040(\.0)? µs of median response time came back"/);
    expect(text).toContain('"field":"perRestart","type":"nominal","title":"Each restart"');
  });

  it('shows no interval in smoke', () => {
    expect(textOf(calibrated('smoke'))).not.toMatch(/±|"low"|Whisker|Grey band/);
    expect(textOf(calibrated('smoke'))).toContain('smoke: no intervals, nothing is ranked');
  });

  it('draws without a complaint of Vega, hostile names too, the same to the byte', async () => {
    const { spec, alt } = calibrationChart(calibrated('quick', '<b>"x'))!;
    const { svg, complaints } = await drawSvg(spec, alt);
    expect(complaints).toEqual([]);
    expect(svg).not.toMatch(/NaN|undefined| id="|<b>/);
    expect(textOf(calibrated())).toBe(textOf(runSchema.parse(JSON.parse(JSON.stringify(calibrated())))));
  });

  it('is not drawn where nothing was injected, or nothing came back', () => {
    expect(calibrationChart(fixtureRun())).toBeNull();
    const run = calibrated();
    const lost = (run.calibration ?? []).map((series) => ({
      ...series,
      points: series.points.map((point) => ({ ...point, cpuUs: null, p50Us: null })),
    }));
    expect(calibrationChart({ ...run, calibration: lost })).toBeNull();
  });

  it('stands in both reports before the noise floor', async () => {
    const chart = calibrationChart(calibrated())!;
    const { svg } = await drawSvg(chart.spec, chart.alt);
    const drawn = [{ chart, svg, specJson: '', png: Buffer.alloc(0) }];
    const page = reportHtml(calibrated(), drawn);
    expect(page.indexOf('id="calibration"')).toBeGreaterThan(0);
    expect(page.indexOf('id="calibration"')).toBeLessThan(page.indexOf('<h2>Noise floor'));
    expect(reportMarkdown(calibrated(), drawn)).toMatch(/\(charts\/calibration\.svg\)\n\n## Noise floor/);
  });
});
