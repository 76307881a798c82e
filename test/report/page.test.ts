import { beforeAll, describe, expect, it } from 'vitest';
import type { DrawnChart } from '../../src/report/index.js';
import { drawCharts, reportHtml, reportMarkdown } from '../../src/report/index.js';
import { fixtureRun, leakedNumber } from './fixture-run.js';

const run = fixtureRun();
const smoke = fixtureRun('smoke');
const leaked = leakedNumber.toLocaleString('en-US');
let drawn: DrawnChart[];
let drawnSmoke: DrawnChart[];

beforeAll(async () => {
  drawn = await drawCharts(run);
  drawnSmoke = await drawCharts(smoke);
});

describe('report.html', () => {
  it('needs nothing from outside, and no script', () => {
    const page = reportHtml(run, drawn);
    expect(page).not.toMatch(/src\s*=/i);
    expect(page).not.toMatch(/href\s*=\s*(?!"#)/i);
    expect(page).not.toMatch(/@import|url\(/i);
    expect(page).not.toMatch(/<script|<link|<iframe/i);
    expect(page).toContain("default-src 'none'");
  });

  it('holds every chart with its alternative text', () => {
    const page = reportHtml(run, drawn);
    expect(drawn).toHaveLength(1 + 3 * 6);
    for (const { chart } of drawn) expect(page).toMatch(new RegExp(`<figure id="${chart.name}"[ >]`));
    expect(page.match(/<svg role="img" aria-label="[^"]{80,}"/g)).toHaveLength(drawn.length);
  });

  it('leads to every scenario from its top', () => {
    const page = reportHtml(run, drawn);
    for (const [, anchor] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${anchor}"`);
    expect(page.match(/href="#/g)).toHaveLength(3);
  });

  it('escapes all that others wrote', () => {
    const evil = '<img src=x onerror="alert(1)">&\'';
    const arms = run.arms.map((arm) => ({ ...arm, variant: `${arm.variant}${evil}`, reason: evil }));
    const page = reportHtml(
      {
        ...run,
        arms,
        command: ['bench', evil],
        warnings: [{ code: evil, message: evil, next: evil }],
        scenarios: run.scenarios.map((each) => ({ ...each, title: evil, summary: evil })),
        fingerprint: { ...run.fingerprint, cpu: evil, tools: { [evil]: evil } },
        envoys: run.envoys.map((each) => ({ ...each, source: evil, build: evil })),
      },
      drawn,
    );
    expect(page).not.toContain('<img');
    expect(page).not.toContain('"alert');
    expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;');
  });

  it('escapes names inside the drawn charts, too', async () => {
    const arms = run.arms.map((arm) => ({ ...arm, variant: `${arm.variant}<b>&"` }));
    const page = reportHtml(run, await drawCharts({ ...run, arms }));
    expect(page).not.toContain('<b>');
  });

  it('lists arms without numbers with the reason, and never their numbers', () => {
    const page = reportHtml(run, drawn);
    expect(page).not.toContain(leaked);
    expect(page).toContain('expected 403, got 200 &lt;body&gt;');
    expect(page).toContain('ext_authz over HTTP cannot change a response header');
  });

  it('says what cannot be told apart and what lies within the noise', () => {
    const page = reportHtml(run, drawn);
    expect(page).toContain('within noise');
    expect(page).toMatch(/\d+ of 36 pairs can be told apart/);
    expect(page).toContain('cpp and dynamic-module/rust can&#39;t be told apart');
    expect(page).toContain('±0.62 µs of CPU per request');
  });

  it('reads the matrix from the row to the column', () => {
    const page = reportHtml(run, drawn);
    expect(page).toMatch(/<td class="less" title="cpp − lua: −[\d.]+ \[[^\]]+\] µs">&lt;<\/td>/);
    expect(page).toMatch(/<td class="more" title="cpp − lua: −[\d.]+ \[[^\]]+\] µs">&gt;<\/td>/);
  });

  it('is the same to the byte when it is made again', async () => {
    expect(reportHtml(fixtureRun(), await drawCharts(fixtureRun()))).toBe(reportHtml(run, drawn));
  });

  it('shows no intervals and no rank in smoke', () => {
    const page = reportHtml(smoke, drawnSmoke).replace(/<style>[\s\S]*?<\/style>/, '');
    expect(page).toContain('smoke: no intervals, nothing is ranked');
    expect(page).not.toContain('±');
    expect(page).not.toMatch(/\[−?\d/);
    expect(page).not.toContain('class="apart"');
    const order = ['cpp', 'lua', 'wasm/rust', 'dynamic-module/rust', 'ext-proc/rust', 'ext-authz/rust-grpc'];
    const places = order.map((variant) => page.indexOf(`</span>${variant}</th>`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  it('says so where the run was interrupted or has no valid arm', () => {
    const arms = run.arms.map((arm) => ({ ...arm, status: 'invalid' as const, reason: 'no proof' }));
    const page = reportHtml({ ...run, status: 'interrupted', finishedAt: null, arms, comparisons: [] }, []);
    expect(page).toContain('This run is interrupted');
    expect(page).toContain('No arm of this run has a number that counts');
    expect(page).not.toContain(leaked);
  });

  it('adds the seed to the command that makes the run again, once', () => {
    expect(reportHtml(run, [])).toContain('filterbench bench --envoy 1.40.0 --profile quick --seed 4071');
    const seeded = { ...run, command: ['bench', '--seed', '9', "it's"] };
    expect(reportMarkdown(seeded, [])).toContain("filterbench bench --seed 9 'it'\\''s'\n");
  });

  it('names the file that some flags came from, where there was one', () => {
    expect(reportHtml(run, [])).not.toContain('Flags are also from');
    expect(reportHtml({ ...run, configFile: 'my.config.yaml' }, [])).toMatch(
      /Flags are also from.*my\.config\.yaml/s,
    );
  });
});

describe('report.md', () => {
  it('links the charts beside it and holds no HTML and no broken table', () => {
    const text = reportMarkdown(run, drawn);
    expect(text).toContain('(charts/noop-overhead-cpu.svg)');
    expect(text).not.toMatch(/<[a-z]/i);
    expect(text).not.toContain(leaked);
    const costs = text.slice(text.indexOf('\n## Costs\n'), text.indexOf('\n## Arms without numbers\n'));
    const rows = costs.split('\n').filter((line) => /^\| (cpp|lua|ext)/.test(line));
    expect(rows.length).toBe(21);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(10);
  });

  it('escapes pipes, tags and emphasis in what others wrote', () => {
    const arms = run.arms.map((arm) => ({ ...arm, variant: `${arm.variant}|*x*<i>` }));
    const text = reportMarkdown({ ...run, arms }, drawn);
    expect(text).toContain('cpp\\|\\*x\\*&lt;i&gt;');
  });

  it('shows no intervals in smoke', () => {
    const text = reportMarkdown(smoke, drawnSmoke);
    expect(text).toContain('smoke: no intervals, nothing is ranked');
    expect(text).not.toMatch(/\[−?\d|±/);
  });
});
