import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { scriptSafeJson } from '../../../src/report/html/interactive/data.js';
import { pageScript } from '../../../src/report/html/interactive/index.js';
import { type DrawnChart, drawCharts, nothingBeside, reportHtml } from '../../../src/report/index.js';
import type { Run } from '../../../src/results/schema/index.js';
import { fixtureRun } from '../fixture-run.js';

const run = fixtureRun();
const script = pageScript('start();');
let drawn: DrawnChart[];
beforeAll(async () => {
  drawn = await drawCharts(run);
});

const pageOf = (of: Run, charts: readonly DrawnChart[]) => reportHtml(of, charts, nothingBeside, script);

describe('scriptSafeJson', () => {
  it('cannot end its element and is read back as it was', () => {
    const value = { '</script><b>': '<!-- \u2028 & ]]>' };
    const text = scriptSafeJson(value);
    expect(text).not.toMatch(/[<>&\u2028]/);
    expect(JSON.parse(text)).toEqual(value);
  });
});

describe('an interactive page', () => {
  it('lets its one script run, by its hash, and nothing else', () => {
    const page = pageOf(run, drawn);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)![1]!;
    const hash = createHash('sha256').update('start();').digest('base64');
    expect(policy).toBe(
      `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page).toContain('<script>start();</script>');
    expect(page.replace(/<script[\s\S]*?<\/script>/g, '')).not.toMatch(/<script| on[a-z]+="/);
  });

  it('has each chart once as data, beside its picture', () => {
    const page = pageOf(run, drawn);
    const data = JSON.parse(
      /<script type="application\/json" id="chart-data">(.*?)<\/script>/s.exec(page)![1]!,
    );
    expect(data.charts.map(([name]: [string]) => name)).toEqual(drawn.map(({ chart }) => chart.name));
    for (const [name] of data.charts) expect(page).toContain(`<figure id="${name}"`);
    expect(Object.fromEntries(data.mechanisms)['wasm/rust']).toBe('wasm');
  });

  it('has a box for each mechanism of the run, in the order of all lists', () => {
    const boxes = [...pageOf(run, drawn).matchAll(/name="mechanism" value="([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect(boxes).toEqual(['cpp', 'lua', 'wasm', 'dynamic-module', 'ext-proc', 'ext-authz']);
  });

  it('stays whole whatever a stored run holds', async () => {
    const evil = '</script><img src=x onerror="alert(1)"><!--';
    const arms = run.arms.map((arm) => ({
      ...arm,
      variant: `${arm.variant}${evil}`,
      mechanism: evil,
      reason: evil,
    }));
    const hostile = { ...run, arms };
    const page = pageOf(hostile, await drawCharts(hostile));
    expect(page.match(/<\/script/g)).toHaveLength(2);
    expect(page).not.toContain('<img');
    expect(page).not.toContain('<!--');
  });

  it('is the same to the byte when it is made again', async () => {
    expect(pageOf(fixtureRun(), await drawCharts(fixtureRun()))).toBe(pageOf(run, drawn));
  });

  it('has neither script nor toolbar where there is no chart to choose from', () => {
    expect(pageOf(run, [])).not.toMatch(/<script|id="choice"/);
  });
});
