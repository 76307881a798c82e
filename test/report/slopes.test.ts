import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { spread } from '../../src/report/charts/curve-plot.js';
import { charts, drawCharts, reportHtml, reportMarkdown, terminalTable } from '../../src/report/index.js';
import { drawSvg } from '../../src/report/render/svg.js';
import { type Run, runSchema } from '../../src/results/schema/index.js';
import { fixtureRun, leakedNumber } from './fixture-run.js';
import { seriesRun } from './fixture-series.js';

const chart = charts.find(({ name }) => name === 'slopes')!;
const run = seriesRun();
const profiles = ['quick', 'smoke'] as const;

/** The same run with one variant's slope as flat as the noise. */
function flatRun(): Run {
  const slopes = run.slopes.map((slope) =>
    slope.variant === 'cpp' && slope.family === 'chain' ? { ...slope, noiseUs: 50 } : slope,
  );
  return { ...run, slopes };
}

describe('chart slopes', () => {
  it.each(profiles)('compiles and draws without a complaint of Vega (%s)', async (profile) => {
    const each = runSchema.parse(seriesRun(profile));
    const { svg, complaints } = await drawSvg(chart.spec(each), chart.alt(each));
    expect(complaints).toEqual([]);
    expect(svg).not.toMatch(/NaN|undefined| id="/);
  });

  it('is the same to the byte for the same run', () => {
    const again = runSchema.parse(JSON.parse(JSON.stringify(run)));
    expect(JSON.stringify(chart.spec(again))).toBe(JSON.stringify(chart.spec(run)));
  });

  it('applies to a run with slopes only', () => {
    expect(chart.applies(run)).toBe(true);
    expect(chart.applies(fixtureRun())).toBe(false);
  });

  it('has a plot for each series and class, with every rung and its size on the axis', async () => {
    const { vconcat } = chart.spec(run) as unknown as { vconcat: { title: { text: string } }[] };
    expect(vconcat.map(({ title }) => title.text)).toEqual([
      'chain · in-process',
      'chain · external server',
      'model-routing · in-process',
      'model-routing · external server',
    ]);
    const { svg } = await drawSvg(chart.spec(run), '');
    for (const label of ['1 KiB', '16 KiB', '128 KiB', '1 MiB']) expect(svg).toContain(`>${label}<`);
  });

  it('shows neither the baseline, nor copies, nor numbers of invalid arms', () => {
    const text = JSON.stringify(chart.spec(run));
    expect(text).not.toContain('"variant":"baseline"');
    expect(text).not.toContain(String(leakedNumber));
  });

  it('says every number in its alternative text', () => {
    const alt = chart.alt(run);
    expect(alt).toMatch(/wasm\/rust 0\.\d+ ±0\.\d+ µs per KiB \([\d.]+ ±[\d.]+ at 1 KiB, .*at 1 MiB\)/);
    expect(alt).toMatch(/at 8 filters/);
  });

  it('shows no interval in smoke', () => {
    const smoke = seriesRun('smoke');
    const text = JSON.stringify(chart.spec(smoke));
    expect(text).not.toMatch(/"low"|±|within noise/);
    expect(text).toContain('smoke: no intervals, nothing is ranked');
  });

  it('says where a slope is within the noise', () => {
    expect(chart.alt(flatRun())).toMatch(/cpp [\d.]+ ±[\d.]+ µs per filter \(within noise\)/);
  });

  it('keeps names apart, in the order of the curves, and within the plot', () => {
    expect(spread([100, 101, 10], 180, 30)).toEqual([100, 130, 15]);
    const crowded = spread([200, 199, 198, 0], 120, 30);
    expect(crowded).toEqual([105, 75, 45, 15]);
  });
});

describe('a report with series', () => {
  it('puts the rungs of a series under one heading, the smallest first', async () => {
    const page = reportHtml(run, await drawCharts(run));
    const heads = [...page.matchAll(/<h[34]>([^<]+)<\/h[34]>/g)].map(([, text]) => text);
    expect(heads.slice(0, 13)).toEqual([
      'noop: Do nothing',
      'headers: Change headers',
      'access: Access control',
      'chain: Filters in a row',
      '1 filter (chain-1)',
      '2 filters (chain-2)',
      '4 filters (chain-4)',
      '8 filters (chain-8)',
      'model-routing: Route by the model',
      '1 KiB (model-routing-1k)',
      '16 KiB (model-routing-16k)',
      '128 KiB (model-routing-128k)',
      '1 MiB (model-routing-1m)',
    ]);
    expect(page.match(/Route by the model, at each size\./g)).toHaveLength(1);
    expect(page).toContain('Slope, µs per KiB');
    expect(page).toContain('figure id="slopes"');
    expect(page).toContain('In-process in model-routing-1m');
  });

  it('leaves a report without series as it is', async () => {
    const plain = fixtureRun();
    const page = reportHtml(plain, await drawCharts(plain));
    expect(page).not.toMatch(/<h4>|[Ss]lope|series|rung/);
    expect(reportMarkdown(plain, [])).not.toMatch(/####|[Ss]lope|series|rung/);
    expect(terminalTable(plain, { width: 80, colour: false })).not.toMatch(/[Ss]lope|µs per/);
  });

  it('gives each rung a scale of its own, and leaves all other plots theirs', () => {
    const overhead = charts.find(({ name }) => name === 'overhead-cpu')!;
    const domains = (of: Run) => {
      const { vconcat } = overhead.spec(of) as unknown as {
        vconcat: { title: { text: string }; encoding: { x: { scale: { domain: number[] } } } }[];
      };
      return new Map(vconcat.map(({ title, encoding }) => [title.text, encoding.x.scale.domain]));
    };
    const [plain, series] = [domains(fixtureRun()), domains(run)];
    for (const [title, domain] of plain) expect(series.get(title)).toEqual(domain);
    expect(series.get('model-routing-1k · in-process')![1]).toBeLessThan(15);
    expect(series.get('model-routing-1m · in-process')![1]).toBeGreaterThan(1_900);
  });

  it('holds what each rung is held against: its own noise floor', () => {
    const floors = {
      ...run,
      rungNoiseFloors: run.rungNoiseFloors.map((each) => ({ ...each, inProcess: null })),
    };
    const count = (of: Run) => reportMarkdown(of, []).match(/within noise/g)?.length ?? 0;
    expect(count(floors)).toBeLessThan(count(run));
  });

  it('has the slopes in Markdown, as a table', () => {
    const text = reportMarkdown(run, []);
    expect(text).toContain('### model-routing: Route by the model');
    expect(text).toContain('#### 1 MiB (model-routing-1m)');
    expect(text).toMatch(
      /\| wasm\/rust \| 0\.\d+ \\\[0\.\d+, 0\.\d+\\\] \| .* \| 1 KiB, 16 KiB, 128 KiB, 1 MiB \|/,
    );
  });

  it.each([60, 80, 120])('keeps within %i columns on a terminal', (width) => {
    const lines = terminalTable(run, { width, colour: true }).split('\n');
    for (const line of lines) expect(stripVTControlCharacters(line).length).toBeLessThanOrEqual(width);
    const text = stripVTControlCharacters(lines.join('\n'));
    expect(text).toContain('model-routing: what each KiB of body adds');
    expect(text).toMatch(/lua +1\.\d+ ±0\.\d+ +-?−?[\d.]+ ±[\d.]+ +[01]\.\d{3} +4/);
  });

  it('marks slopes within the noise, and ranks none by them', () => {
    expect(terminalTable(flatRun(), { width: 80, colour: false })).toMatch(/cpp +~[\d.]+ ±/);
    expect(reportMarkdown(flatRun(), [])).toContain("from less than this run's noise (cpp) to");
  });

  it('says why there is no slope', () => {
    const one = run.scenarios.filter(
      ({ family, name }) => family !== 'model-routing' || name.endsWith('-16k'),
    );
    const names = one.map(({ name }) => name);
    const alone = {
      ...run,
      scenarios: one,
      arms: run.arms.filter(({ scenario }) => names.includes(scenario)),
      slopes: run.slopes.filter(({ family }) => family !== 'model-routing'),
    };
    const why = 'measured at 1 rung, and a line needs two';
    for (const text of [
      reportHtml(alone, []),
      reportMarkdown(alone, []),
      terminalTable(alone, { width: 120, colour: false }).replace(/\s+/g, ' '),
    ]) {
      expect(text).toContain(why);
      expect(text.split(why)).toHaveLength(2);
    }
  });

  it('shows no interval in smoke', () => {
    const smoke = seriesRun('smoke');
    expect(reportMarkdown(smoke, [])).not.toMatch(/\[−?\d|±/);
    expect(terminalTable(smoke, { width: 80, colour: false })).not.toMatch(/[±~]/);
  });
});
