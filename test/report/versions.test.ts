import { describe, expect, it } from 'vitest';
import { chartsOf, drawCharts, reportHtml, reportMarkdown, terminalTable } from '../../src/report/index.js';
import { drawSvg } from '../../src/report/render/svg.js';
import { type Run, runSchema } from '../../src/results/schema/index.js';
import { fixtureRun } from './fixture-run.js';
import { versionsRun } from './fixture-versions.js';

function chartOf(run: Run, name: string) {
  return chartsOf(run).find((chart) => chart.name === name)!;
}

it('the fixture is a run by the schema', () => {
  for (const profile of ['quick', 'smoke'] as const) runSchema.parse(versionsRun(profile));
});

describe('the chart of versions', () => {
  it.each(['quick', 'smoke'] as const)(
    'compiles and draws without a complaint of Vega (%s)',
    async (profile) => {
      for (const scenario of ['noop', 'headers', 'access']) {
        const { spec, alt } = chartOf(versionsRun(profile), `${scenario}-versions`);
        const { svg, complaints } = await drawSvg(spec, alt);
        expect(complaints).toEqual([]);
        expect(svg).not.toMatch(/NaN|undefined/);
        expect(JSON.stringify(spec)).toContain('1.9.0');
        if (profile === 'smoke') expect(JSON.stringify(spec)).not.toMatch(/±|"low"/);
      }
    },
  );

  it('has the oldest version at the left, by its numbers', () => {
    const text = JSON.stringify(chartOf(versionsRun(), 'noop-versions').spec);
    expect(text).toContain('[\\"1.9.0\\",\\"1.36.4\\",\\"1.40.0\\"][datum.value]');
  });

  it('says every number in its alternative text, and what has none is left out', () => {
    const { alt } = chartOf(versionsRun(), 'noop-versions');
    expect(alt).toMatch(/lua 2\.\d+ ±\d\.\d+ on 1\.9\.0, 2\.\d+ ±\d\.\d+ on 1\.36\.4, 2\.\d+/);
    expect(alt).toMatch(/cpp \S+ ±\S+ on 1\.36\.4, /);
  });

  it('is there for several Envoys only, and the others show the newest', () => {
    expect(chartOf(fixtureRun(), 'noop-versions')).toBeUndefined();
    const text = JSON.stringify(chartOf(versionsRun(), 'noop-throughput').spec);
    expect(text).toContain('noop · Envoy 1.40.0');
    expect(text).not.toContain('Envoy 1.36.4');
  });
});

describe('the table of versions', () => {
  it('is in the terminal, within its columns', () => {
    const text = terminalTable(versionsRun(), { width: 80, colour: false });
    expect(text).toMatch(/^variant +1\.9\.0 +1\.36\.4 +1\.40\.0 +1\.40\.0 − 1\.9\.0$/m);
    expect(text).toMatch(/^wasm\/rust .* \+1\.25 ±0\.25$/m);
    expect(text).toMatch(/^Changed: wasm\/rust adds 1\.25 ±0\.25 µs more on 1\.40\.0 than on 1\.9\.0\.$/m);
    for (const width of [60, 80]) {
      const lines = terminalTable(versionsRun(), { width, colour: false }).split('\n');
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    }
  });

  it('is in the page and in Markdown, with what each Envoy says by itself', async () => {
    const run = versionsRun();
    const page = reportHtml(run, await drawCharts(run));
    expect(page).toContain('Costs in noop');
    expect(page).toContain('Each Envoy by itself');
    expect(page.match(/no sure change/g)?.length).toBe(1);
    const markdown = reportMarkdown(run, []);
    expect(markdown).toContain('| Variant | 1.9.0 | 1.36.4 | 1.40.0 | 1.40.0 − 1.9.0 |');
    expect(markdown).toMatch(/\| cpp \| – \(unavailable\) \|/);
  });

  it('says that nothing is sure, and in smoke nothing at all', () => {
    const none = { ...versionsRun(), versionChanges: [] };
    expect(terminalTable(none, { width: 80, colour: false })).toContain(
      'No change between versions is sure.',
    );
    expect(terminalTable(versionsRun('smoke'), { width: 80, colour: false })).not.toMatch(/sure|Changed|±/);
  });
});
