import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { historyChart } from '../../../src/report/history/chart.js';
import { groupsOf } from '../../../src/report/history/groups.js';
import { historyHtml, historyLines, historyMarkdown } from '../../../src/report/history/index.js';
import { dayNamer } from '../../../src/report/history/words.js';
import { drawSvg } from '../../../src/report/render/svg.js';
import { historyOf } from '../../../src/results/history/index.js';
import type { History, Run } from '../../../src/results/schema/index.js';
import { everything, madeHistory } from '../../results/history/made-history.js';

let history: History;
const variants = ['lua', 'wasm/rust', 'ext-proc/rust-uds'];
const file = (letter: string) => ({
  path: 'wasm/filterbench.wasm',
  sha256: letter.repeat(64),
  shipped: true,
});
const envoy = (version: string, letter: string): Run['envoys'][number] => ({
  ...{ version, build: 'Clean', sha256: letter.repeat(64) },
  ...{ source: 'wheel', pinned: true, runtime: 'native' },
});

beforeAll(async () => {
  const runs = await madeHistory(6, 600, (place) => ({
    variants,
    twins: ['lua', 'ext-proc/rust-uds'],
    envoy: place < 3 ? '1.39.3' : '1.40.0',
    moreUs: { lua: place < 3 ? 0 : 5, 'wasm/rust': place < 4 ? 4 : 0 },
    about: {
      envoys: [place < 3 ? envoy('1.39.3', 'a') : envoy('1.40.0', 'b')],
      artefacts: [file(place < 4 ? 'c' : 'd')],
    },
  }));
  const unread = [{ dir: 'results/<b>x', kind: 'damaged', reason: 'run.json: | not valid JSON' } as const];
  history = historyOf(runs, unread, everything);
});

const linkTo = ({ dir }: { dir: string }) => `../${dir}/report.html`;
const drawn = async (of = history) =>
  Promise.all(
    groupsOf(of).map(async (group) => {
      const { name, spec, alt } = historyChart(of, group);
      const { svg, complaints } = await drawSvg(spec, alt);
      return { group, path: `history-charts/${name}`, alt, svg, complaints };
    }),
  );

/** The history with its variants renamed. */
const renamed = (to: string): History => ({
  ...history,
  lines: history.lines.map((line) => (line.variant === 'lua' ? { ...line, variant: to } : line)),
});

describe('the charts', () => {
  it('are one a scenario and class, with a plot a variant, and Vega has no complaints', async () => {
    const charts = await drawn();
    expect(charts.map(({ path }) => path)).toEqual([
      'history-charts/headers-in-process',
      'history-charts/headers-external-server',
    ]);
    for (const { svg, complaints } of charts) {
      expect(complaints).toEqual([]);
      for (const version of ['1.39.3', '1.40.0']) expect(svg).toContain(`>${version}<`);
    }
    expect(charts[0]!.svg).toMatch(/>lua<[\s\S]*>wasm\/rust</);
  });

  it('mark a sure step with its size, a change of Envoy and one of a file', async () => {
    const [inProcess, external] = await drawn();
    expect(inProcess!.svg).toMatch(/>\+\d\.\d+ ±\d\.\d+ µs</);
    expect(inProcess!.svg).toMatch(/>−\d\.\d+ ±\d\.\d+ µs</);
    expect(inProcess!.svg).toContain('>Triangle under the axis: another file of the filter<');
    expect(external!.svg).toContain('>Dashed: another Envoy, as the strip above says<');
    expect(external!.svg).not.toContain('Triangle');
    expect(external!.svg).not.toContain('>Ring');
  });

  it('say in words what they show', async () => {
    const [{ alt }] = (await drawn()) as [Awaited<ReturnType<typeof drawn>>[number]];
    expect(alt).toMatch(/over 6 runs\. lua: from .* to .* µs; sure: on 2026-03-04 \+\d\.\d+ ±\d/);
  });

  it('are the same to the byte for the same history', async () => {
    expect((await drawn()).map(({ svg }) => svg)).toEqual((await drawn()).map(({ svg }) => svg));
  });

  it('have file names that lead nowhere and are all different', () => {
    const line = history.lines[0]!;
    const odd = { ...history, lines: ['../../x', '../../x '].map((scenario) => ({ ...line, scenario })) };
    const ids = groupsOf(odd).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[\w-][\w.-]*$/);
  });
});

describe('the page', () => {
  it('says what surely changed, between which runs, and what became another', async () => {
    const page = historyHtml(history, await drawn(), linkTo);
    const [changes = ''] = page.slice(page.indexOf('<h2>What surely changed')).split('</section>');
    expect(changes).toContain('Envoy 1.39.3 (aaaaaaaaaaaa) → 1.40.0 (bbbbbbbbbbbb).');
    expect(changes).toMatch(/<strong>lua in headers<\/strong>: \+\d/);
    expect(changes).toMatch(/<strong>wasm\/rust in headers<\/strong>: −\d[\s\S]*cccccccccccc → dddddddddddd/);
    // The newest first.
    expect(changes.indexOf('wasm/rust in')).toBeLessThan(changes.indexOf('lua in'));
    expect(page).toContain('<a href="../results/day-4/report.html">2026-03-04</a>');
    expect(page).toContain('Numbers are as each run told them');
  });

  it('has a row a run and variant, and no more rows than a browser bears', async () => {
    const rowsIn = (page: string) => page.split('<tr><th scope="row">').length - 1;
    expect(rowsIn(historyHtml(history, [], linkTo))).toBe(6 * variants.length);
    const many = history.lines.map((line) => ({ ...line, points: Array(20).fill(line.points).flat() }));
    const page = historyHtml({ ...history, lines: many }, [], linkTo);
    expect(rowsIn(page)).toBe(50 * variants.length);
    expect(page).toContain('70 older runs are not listed');
  });

  it('lets nothing out of its place', async () => {
    const odd = renamed('l<b>u"a');
    const page = historyHtml(odd, await drawn(odd), linkTo);
    expect(page).not.toMatch(/<b>/);
    expect(page).toContain('results/&lt;b&gt;x');
    expect(page).toContain('l&lt;b&gt;u&quot;a');
    const markdown = historyMarkdown(renamed('l|u<b>a'), [], linkTo);
    expect(markdown).toContain('| l\\|u&lt;b&gt;a |');
    expect(markdown).toContain('JSON');
    expect(markdown).not.toMatch(/<b>|: \| not/);
  });
});

describe('as Markdown', () => {
  it('has charts as files, tables folded, and links', async () => {
    const markdown = historyMarkdown(history, await drawn(), linkTo);
    expect(markdown).toMatch(/^!\[Line charts of .*\]\(history-charts\/headers-in-process\.svg\)$/m);
    expect(markdown).toContain('[2026-03-04](../results/day-4/report.html), after [2026-03-03]');
    expect(markdown.split('<details>').length).toBe(variants.length + 1);
    expect(markdown.split('</details>').length).toBe(variants.length + 1);
  });
});

describe('on a terminal', () => {
  it.each([60, 80])('keeps within %i columns, whatever names are', (width) => {
    const odd = renamed('a-variant-of-my-own/with-a-name-that-nobody-would-give-to-anything-but-a-test');
    const lines = historyLines(odd, { width, colour: true });
    for (const line of lines) expect(stripVTControlCharacters(line).length).toBeLessThanOrEqual(width);
  });

  it('says how many steps are sure', () => {
    const text = historyLines(history, { width: 80, colour: false }).join('\n');
    expect(text).toContain('Of 15 steps between neighbours 2 are sure: 1 dearer, 1 cheaper.');
    const none = { ...history, lines: history.lines.filter(({ mechanism }) => mechanism === 'ext-proc') };
    expect(historyLines(none, { width: 80, colour: false }).join('\n')).toContain('none is sure.');
    const alone = none.lines.map((line) => ({
      ...line,
      points: line.points.slice(-1),
      steps: [],
      whole: null,
    }));
    const once = historyLines({ ...none, lines: alone }, { width: 80, colour: false }).join('\n');
    expect(once).toContain('No arm was measured twice');
  });
});

it('tells of a creep where no step of the line is sure, in all three', async () => {
  const lines = history.lines.map((line) => {
    const sure = line.steps.find(({ totalCpuUs }) => totalCpuUs.called);
    const [first, last] = [line.points.at(0)!.run, line.points.at(-1)!.run];
    if (sure === undefined) return { ...line, whole: null };
    const steps = line.steps.map((step) => ({
      ...step,
      totalCpuUs: { ...step.totalCpuUs, called: false },
      throughputRatio: { ...step.throughputRatio, called: false },
    }));
    return { ...line, steps, whole: { ...sure, from: first, to: last } };
  });
  const crept = { ...history, lines };
  const count = lines.filter(({ whole }) => whole !== null).length;
  expect(count).toBeGreaterThan(0);
  const told = new RegExp(`none is sure\\. ${count} arms? moved from end to end`);
  const texts = [
    historyHtml(crept, await drawn(), linkTo),
    historyMarkdown(crept, await drawn(), linkTo),
    historyLines(crept, { width: 300, colour: false }).join('\n'),
  ];
  for (const text of texts) {
    expect(text).toMatch(told);
    expect(text).toContain('without a sure step since');
  }
  // A line with a sure step needs no second word of it.
  const both = lines.map((line, index) => ({ ...line, steps: history.lines[index]!.steps }));
  expect(historyMarkdown({ ...history, lines: both }, [], linkTo)).not.toContain('without a sure step since');
});

it('runs are named by their day, with the time where they share it', () => {
  const [run] = history.runs;
  const at = (startedAt: string) => ({ ...run!, startedAt });
  const all = [
    '2026-03-01T10:00:01Z',
    '2026-03-02T10:00:01Z',
    '2026-03-02T10:09:01Z',
    '2026-03-02T10:09:59Z',
  ].map(at);
  expect(all.map(dayNamer(all))).toEqual([
    '2026-03-01',
    '2026-03-02 10:00',
    '2026-03-02 10:09:01',
    '2026-03-02 10:09:59',
  ]);
});
