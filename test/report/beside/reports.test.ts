import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compatHeatMap } from '../../../src/report/compat/index.js';
import {
  chartsOf,
  type DrawnChart,
  drawCharts,
  nothingBeside,
  reportHtml,
  reportMarkdown,
  writeReport,
} from '../../../src/report/index.js';
import { drawSvg } from '../../../src/report/render/svg.js';
import { fixtureCompat } from '../compat/fixture-compat.js';
import { fixtureRun } from '../fixture-run.js';
import { faultLines, fixtureBeside } from './fixture-beside.js';

const whole = fixtureRun();
// Without charts of its own, which other tests look at.
const run = { ...whole, scenarios: [], arms: [], comparisons: [] };
const beside = fixtureBeside();
let drawn: DrawnChart[];
let page: string;

beforeAll(async () => {
  drawn = await drawCharts(run, beside);
  page = reportHtml(run, drawn, beside);
});

describe('charts of what is beside a run', () => {
  it('follow those of the run, where there is something to draw', () => {
    const names = chartsOf(whole).map(({ name }) => name);
    expect(names).toHaveLength(1 + 3 * 6);
    expect(chartsOf(whole, beside).map(({ name }) => name)).toEqual([...names, 'isolation', 'compatibility']);
    expect(chartsOf(whole, { ...nothingBeside, evidence: faultLines }).map(({ name }) => name)).toEqual([
      ...names,
      'isolation',
    ]);
  });

  it('say every radius in words, without a complaint of Vega, the same to the byte', async () => {
    const isolation = () => chartsOf(run, fixtureBeside()).find(({ name }) => name === 'isolation')!;
    const { spec, alt } = isolation();
    const { svg, complaints } = await drawSvg(spec, alt);
    expect(complaints).toEqual([]);
    expect(svg).not.toMatch(/NaN|undefined| id="/);
    for (const word of ['worker+', 'process', 'filter', 'passes: worker', 'passes: filter'])
      expect(svg).toContain(`>${word}</text>`);
    expect(JSON.stringify(isolation().spec)).toBe(JSON.stringify(spec));
    expect(alt).toContain('wasm/c on Envoy 1.40.0: trap (closed) worker, trap (open) none and worker passes');
    expect(alt).toContain('lua on Envoy 1.40.0: loop worker+, memory none.');
  });

  it('are written beside the others, and the matrix looks as its own command draws it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'filterbench-report-'));
    try {
      const files = await writeReport(folder, run, beside);
      const written = await readdir(join(folder, 'charts'));
      for (const name of ['isolation', 'compatibility'])
        for (const form of ['svg', 'png', 'vl.json']) {
          expect(written).toContain(`${name}.${form}`);
          expect(files).toContain(join(folder, 'charts', `${name}.${form}`));
        }
      const { specJson } = drawn.find(({ chart }) => chart.name === 'compatibility')!;
      expect(JSON.parse(specJson)).toEqual(JSON.parse(JSON.stringify(compatHeatMap(fixtureCompat()).spec)));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('report.html', () => {
  it('has a place for each section that verdicts can lead to, and none without', () => {
    const bare = reportHtml(run, drawn);
    for (const id of ['isolation', 'compatibility', 'capabilities', 'swaps']) {
      expect(page.match(new RegExp(` id="${id}"`, 'g'))).toHaveLength(1);
      expect(bare).not.toContain(` id="${id}"`);
    }
    expect(bare).not.toMatch(/<table class="grouped"/);
  });

  it('holds no id twice and no link that leads nowhere', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, anchor] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(anchor);
    expect(page.match(/href="#compatibility-1"/g)!.length).toBeGreaterThan(0);
  });

  it('says each tint in words, and knows every tint', () => {
    const cells = [...page.matchAll(/<td class="\w+ tint-(\w+)"[^>]*>([^<]*)/g)];
    expect(cells.length).toBeGreaterThan(50);
    for (const [, tint, text] of cells) {
      expect(text!.trim()).not.toBe('');
      expect(page).toContain(`.tint-${tint} {`);
    }
  });

  it('lets every wide table move in its own box', () => {
    const tables = page.match(/<table class="grouped"/g)!.length;
    expect(tables).toBe(4);
    expect(page.match(/<div class="scroll" tabindex="0"><table class="grouped"/g)).toHaveLength(tables);
  });

  it('escapes what Envoy said', () => {
    expect(page).toContain('no such &lt;file&gt;');
    expect(page).not.toContain('<file>');
  });

  it('shows the heat map of faults, and names that of Envoys', () => {
    expect(page).toContain('<figure class="heat-map" id="isolation-chart">');
    expect(page).toContain('charts/compatibility.svg');
    expect(page).not.toContain('id="compatibility-chart"');
  });
});

describe('report.md', () => {
  const text = reportMarkdown(run, [], beside);

  it('has the same sections, with charts that are files beside it', () => {
    for (const title of [
      'How far a fault reaches',
      'What loads on which Envoy',
      'What each mechanism can do',
      'Filters swapped under load',
    ]) {
      expect(text).toContain(`\n## ${title}\n`);
      expect(reportMarkdown(run, [])).not.toContain(title);
    }
    expect(text).toContain('(charts/isolation.svg)');
    expect(text).toContain('(charts/compatibility.svg)');
  });

  it('holds no HTML and no broken table', () => {
    expect(text).not.toMatch(/<[a-z]/i);
    const blocks = text.split('\n\n').filter((block) => block.startsWith('| '));
    for (const block of blocks) {
      const counts = block.split('\n').map((line) => line.match(/(?<!\\)\|/g)!.length);
      expect(new Set(counts).size).toBe(1);
    }
    expect(text).toContain('| trap (it traps) | FAIL\\_CLOSED | worker |');
    expect(text).toMatch(/\| wasm\/assemblyscript \| loads \| loads \| absent \d+ \|/);
  });
});
