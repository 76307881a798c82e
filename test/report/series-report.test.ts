import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { drawCharts, reportHtml, reportMarkdown, terminalTable } from '../../src/report/index.js';
import { type Run, runSchema } from '../../src/results/schema/index.js';
import { fixtureRun } from './fixture-run.js';
import { seriesRun } from './fixture-series.js';
import { wholeRun } from './fixture-whole.js';

const run = seriesRun();

function plainText(of: Run, width: number): string {
  return stripVTControlCharacters(terminalTable(of, { width, colour: true }));
}

describe('a report with series', () => {
  it('has a section a series, with what differs from rung to rung only folded away, the smallest first', async () => {
    const page = reportHtml(run, await drawCharts(run));
    const costs = page.slice(page.indexOf('<h2>Costs</h2>'));
    const heads = [...costs.matchAll(/<h[34][^>]*>([^<]+)<\/h[34]>/g)].map(([, text]) => text);
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
    expect(page).toContain('figure id="chain-slopes"');
    const open = page.replace(/<details>[\s\S]*?<\/details>/g, '');
    expect(open).not.toContain('1 MiB (model-routing-1m)');
    expect(open).not.toContain('In-process in model-routing-1m');
    expect(page).toContain('In-process in model-routing-1m');
  });

  it('leaves a report without series as it is', async () => {
    const plain = fixtureRun();
    const page = reportHtml(plain, await drawCharts(plain));
    expect(page).not.toMatch(/<h4>|[Ss]lope|series|rung/);
    expect(reportMarkdown(plain, [])).not.toMatch(/####|[Ss]lope|series|rung/);
    expect(terminalTable(plain, { width: 80, colour: false })).not.toMatch(/[Ss]lope|µs per/);
  });

  it('tells no cost of a rung as if it were one of all scenarios', () => {
    const [first] = reportMarkdown(run, []).split('\n\n').slice(1);
    expect(first).toMatch(/an in-process filter adds from .* to .* \(wasm\/rust in access\)/);
    expect(first).not.toMatch(/model-routing|chain/);
    expect(reportMarkdown(run, [])).toMatch(
      /- In chain each filter adds from .*; |- In chain each filter adds/,
    );
  });

  it('holds what each rung is held against: its own noise floor', () => {
    const floors = {
      ...run,
      rungNoiseFloors: run.rungNoiseFloors.map((each) => ({ ...each, inProcess: null })),
    };
    const count = (of: Run) => reportHtml(of, []).match(/within noise/g)?.length ?? 0;
    expect(count(floors)).toBeLessThan(count(run));
  });

  it('has rungs and slopes in Markdown, as one table', () => {
    const text = reportMarkdown(run, []);
    expect(text).toContain('### model-routing: Route by the model');
    expect(text).toContain('| Variant | 1 KiB | 16 KiB | 128 KiB | 1 MiB | Slope, µs per KiB |');
    expect(text).toMatch(/\| without the filter \| [\d.]+ \| [\d.]+ \|/);
    expect(text).toMatch(/\| wasm\/rust \| [\d.]+ ±[\d.]+ (.* )?\| .* \| 0\.\d+ \\\[0\.\d+, 0\.\d+\\\] \|/);
    expect(text).not.toContain('model-routing-1m\n');
  });

  it.each([60, 80, 120])('keeps within %i columns on a terminal, a line a variant', (width) => {
    const text = plainText(run, width);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
    expect(text).toContain('model-routing: µs of CPU added');
    expect(text).toMatch(/lua +~?[\d.]+ +[\d,.]+ +1\.\d+ ±0\.\d+/);
  });

  it('marks slopes within the noise, and ranks none by them', () => {
    const slopes = run.slopes.map((slope) =>
      slope.variant === 'cpp' && slope.family === 'chain' ? { ...slope, noiseUs: 50 } : slope,
    );
    const flat = { ...run, slopes };
    expect(plainText(flat, 80)).toMatch(/cpp .* ~[\d.]+ ±/);
    expect(reportMarkdown(flat, [])).toContain("from less than this run's noise (cpp) to");
  });

  it('says why there is no slope', () => {
    // All rungs but one failed for one variant.
    const arms = run.arms.map((arm) =>
      arm.variant === 'cpp' && /^model-routing-(1k|16k|1m)$/.test(arm.scenario)
        ? { ...arm, status: 'invalid' as const, reason: 'it answered wrongly' }
        : arm,
    );
    const slopes = run.slopes.filter(
      ({ family, variant }) => !(family === 'model-routing' && variant === 'cpp'),
    );
    const lacking = { ...run, arms, slopes };
    const why = 'cpp: measured at 1 rung, and a line needs two';
    const texts = [
      reportHtml(lacking, []),
      reportMarkdown(lacking, []),
      plainText(lacking, 120).replace(/\s+/g, ' '),
    ];
    for (const text of texts) expect(text.split(why)).toHaveLength(2);
  });

  it('shows no interval in smoke', () => {
    const smoke = seriesRun('smoke');
    expect(reportMarkdown(smoke, [])).not.toMatch(/\[−?\d|±/);
    expect(plainText(smoke, 80)).not.toMatch(/[±~]/);
  });

  it('gives the outcome of every variant where there are proofs only', () => {
    const proven = {
      ...run,
      plan: { ...run.plan, proveOnly: true, intervals: false },
      arms: run.arms.map((arm) => ({ ...arm, cpu: null, overhead: null, capacity: null, latency: null })),
      slopes: [],
      comparisons: [],
    };
    expect(plainText(proven, 80)).toMatch(/chain: all rungs\nvariant +status\n(.+\n)*lua +valid/);
    expect(reportMarkdown(proven, [])).toMatch(/\| lua \| valid \|\n/);
  });
});

describe('a report of all scenarios and variants', () => {
  const whole = wholeRun();

  it('is a run by the schema', () => {
    expect(() => runSchema.parse(whole)).not.toThrow();
  });

  it('is a few charts a family and one a rung, none of them long', async () => {
    const drawn = await drawCharts(whole);
    expect(drawn).toHaveLength(1 + 6 * 6 + 5 * (3 + 4));
    for (const { chart, svg } of drawn) {
      const [, width, height] = / width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
      // That of the whole run has two columns, and is as long as the run has jobs.
      expect(width, chart.name).toBeLessThan(chart.family === null ? 900 : 700);
      // Distributions have a plot a load and class.
      const most = chart.name.endsWith('-distributions') ? 1_800 : chart.family === null ? 1_600 : 1_000;
      expect(height, chart.name).toBeLessThan(most);
    }
  });

  it('takes a line an arm or less on a terminal', () => {
    const lines = plainText(whole, 80).split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(lines.length).toBeLessThan(11 * (19 + 8));
  });

  it('says once why several variants have no number in several scenarios', () => {
    const text = reportMarkdown(whole, []);
    expect(text).toMatch(
      /- \*\*ext-authz\/rust-grpc, .*ext-authz\/typescript-grpc\*\* in noop, json-rewrite, redact \(unsupported\): /,
    );
    expect(text).toContain('**cpp** in inspect, redact (unsupported): ');
  });

  it('folds many warnings of one code', () => {
    const count = whole.warnings.filter(({ code }) => code === 'wide-interval').length;
    expect(count).toBeGreaterThan(50);
    const terminal = plainText(whole, 80);
    expect(terminal).toContain(`wide-interval, ${count} times:\n  cpp in noop came to`);
    expect(terminal).toContain(`and ${count - 3} more`);
    const page = reportHtml(whole, []);
    expect(page).toContain(`<details><summary><code>wide-interval</code> ${count} times:`);
    expect(page.match(/give it more time: a larger --budget/g)).toHaveLength(1);
    expect(reportMarkdown(whole, [])).toContain(`- **wide-interval**, ${count} times: give it more time`);
  });
});

it('a long warning is cut on a terminal, and folded in the page', () => {
  const message = `most slices of ${Array.from({ length: 200 }, (_, index) => `arm-${index}`).join(', ')}`;
  const long = { ...fixtureRun(), warnings: [{ code: 'generator-limited', message, next: 'read on' }] };
  const terminal = plainText(long, 80);
  expect(terminal).toMatch(/generator-limited: most slices of arm-0, .*…\n {2}read on/s);
  expect(terminal).not.toContain('arm-150');
  expect(reportHtml(long, [])).toMatch(
    /<details><summary><code>generator-limited<\/code> most slices of [^<]*…<\/summary>/,
  );
  expect(reportHtml(long, [])).toContain('arm-199');
});
