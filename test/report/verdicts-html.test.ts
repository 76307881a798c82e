import { describe, expect, it } from 'vitest';
import { partLinks } from '../../src/report/html/claims/links.js';
import { badgeColours } from '../../src/report/html/claims/style.js';
import { chartsOf, nothingBeside, reportHtml, reportMarkdown } from '../../src/report/index.js';
import type { Run, Verdict } from '../../src/results/schema/index.js';
import { faultEvidence } from '../support/fault-evidence.js';
import { plain, rowsOf } from './fixture-claim-rows.js';
import { asBench, judgedRuns, opinions, tested, unjudgedRun } from './fixture-verdicts.js';
import { versionsRun } from './fixture-versions.js';

const { bench, whole, drawn } = await judgedRuns();

const of = (run: Run, claim: string) => run.verdicts.find((verdict) => verdict.claim === claim)!;

describe('the verdicts in report.html', () => {
  it('stand before the costs, and name the article with a link', () => {
    const page = reportHtml(bench, drawn);
    const places = ['What was asked', 'The article, claim by claim', 'Costs', 'Noise floor'].map((title) =>
      page.indexOf(`<h2>${title}</h2>`),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    const { title, url, author } = bench.article!;
    expect(page).toContain(`<a href="${url}">${title.replace("'", '&#39;')}</a>`);
    expect(page).toContain(author);
  });

  it('give every claim its word, and what decides it', () => {
    const page = reportHtml(bench, drawn);
    for (const { claim, word, decidedBy, parts } of tested(bench)) {
      const rows = rowsOf(page, claim);
      expect(rows).toContain(`>${word}</span>`);
      const { what } = parts[decidedBy!]!.effect!;
      expect(plain(rows.slice(0, rows.indexOf('</tr>')))).toContain(what);
    }
    expect(plain(rowsOf(page, 'perf-lua-over-wasm'))).toMatch(/−?[\d.]+ µs \[−?[\d.]+, −?[\d.]+\]/);
  });

  it('leads from a claim to its scenario, its chart and its raw lines', () => {
    const page = reportHtml(bench, drawn);
    const arms = new Set(bench.arms.map(({ id }) => id));
    const rows = rowsOf(page, 'perf-lua-over-wasm');
    const ids = [...rows.matchAll(/<code>([^<]+\/[^<]+@[^<]+)<\/code>/g)].map(([, id]) => id!);
    expect(ids).toHaveLength(2 * of(bench, 'perf-lua-over-wasm').parts.length);
    for (const id of ids) expect(arms).toContain(id);
    expect(rows).toContain('<a href="samples.ndjson">');
    const { family } = drawn.find(({ chart }) => chart.name === 'access-overhead-cpu')!.chart;
    expect(family).toBe('access');
    expect(rows).toMatch(
      /<a href="#family-\d+">access<\/a> · Envoy 1\.40\.0 · <a href="#access-overhead-cpu">/,
    );
    expect(rows).toContain('<a href="#model-routing-curves">chart</a>');
    expect(rowsOf(page, 'perf-wasm-copies')).toContain('<a href="#model-routing-slopes">chart</a>');
    expect(rowsOf(page, 'perf-cpp-best')).toContain('<a href="#access-latency-unloaded">chart</a>');
    expect(rowsOf(page, 'perf-dynmod-near-native')).not.toContain('throughput">chart');
    const anchors = [...page.matchAll(/href="#([^"]+)"/g)].map(([, anchor]) => anchor!);
    for (const anchor of new Set(anchors)) expect(page.split(`id="${anchor}"`)).toHaveLength(2);
  });

  it('leads to a chart that shows the Envoy of the part', () => {
    const run = versionsRun();
    const charts = chartsOf(run).map((chart) => ({ chart, specJson: '', svg: '', png: Buffer.alloc(0) }));
    const part = of(bench, 'perf-lua-over-wasm').parts[0]!;
    const linksOf = partLinks(run, charts, nothingBeside);
    const chartOn = (envoy: string) =>
      linksOf({ ...part, run: run.id, scenario: 'noop', envoy }, 'performance').chart;
    expect(chartOn('1.40.0')).toBe('noop-overhead-cpu');
    expect(chartOn('1.36.4')).toBe('noop-versions');
    expect(linksOf({ ...part, run: 'another', scenario: 'noop' }, 'performance')).toMatchObject({
      section: null,
      chart: null,
    });
  });

  it('leads to the table of what was seen, and to files by the names that they have', () => {
    const beside = { matrix: null, evidence: [faultEvidence({})], compressed: true };
    const [verdict] = whole.verdicts.filter(({ area }) => area === 'isolation');
    const links = partLinks(whole, drawn, beside)(verdict!.parts[0]!, 'isolation');
    expect(links.beside).toBe('isolation');
    expect(partLinks(whole, drawn, beside)(verdict!.parts[0]!, 'compatibility').beside).toBeNull();
    expect([links.fileOf('evidence.ndjson'), links.fileOf('compat.json')]).toEqual([
      'evidence.ndjson.gz',
      'compat.json',
    ]);
    const page = reportHtml(whole, drawn, beside);
    expect(page).toContain('href="evidence.ndjson.gz"');
    expect(page).toContain('href="#isolation"');
    expect(page).toContain('id="isolation"');
    expect(page).not.toMatch(/href="(?:samples|evidence)\.ndjson"/);
  });

  it('says of each part what was foretold, its p and what is beside it, and marks the one that decides', () => {
    const { parts, wouldChange, note } = of(bench, 'perf-cpp-best');
    const rows = rowsOf(reportHtml(bench, drawn), 'perf-cpp-best');
    const text = plain(rows);
    expect(text).toContain('not below −2 µs');
    expect(text).toContain(wouldChange);
    expect(text).toContain(note!);
    expect(text).toContain('closed loop, 16 connections');
    expect(text).toContain('closed loop, 1 connection');
    expect(rows.match(/<tr class="decides">/g)).toHaveLength(1);
    expect(rows.match(/data-head="p, adjusted">(&lt; 0\.001|0\.\d{3})</g)).toHaveLength(parts.length);
    const near = plain(rowsOf(reportHtml(bench, drawn), 'perf-dynmod-near-native'));
    expect(near).toContain('within ±2 µs');
    expect(near).toContain('within 5 % of 1');
  });

  it('draws an effect with its interval and on which side of the margin it lies', () => {
    const rows = rowsOf(reportHtml(bench, drawn), 'perf-lua-over-wasm');
    const strips = [...rows.matchAll(/<svg class="strip"[\s\S]*?<\/svg>/g)].map(([svg]) => svg);
    const at = (svg: string, pattern: RegExp) => Number(pattern.exec(svg)![1]);
    const parts = of(bench, 'perf-lua-over-wasm').parts;
    expect(strips).toHaveLength(parts.length);
    for (const [index, svg] of strips.entries()) {
      const [zero, margin, dot] = [/"zero" d="M(\d+)/, /"margin" d="M(\d+)/, /cx="(\d+)/].map((pattern) =>
        at(svg, pattern),
      );
      expect(margin).toBeGreaterThanOrEqual(zero!);
      if (parts[index]!.word === 'supported') expect(dot).toBeGreaterThan(margin!);
      else expect(dot).toBeLessThan(zero!);
      expect(svg).toContain('class="interval"');
    }
  });

  it('leads from what was seen to its lines of evidence and its cells', () => {
    const page = reportHtml(whole, drawn);
    const seen = rowsOf(page, 'cap-lua-inline');
    expect(seen).toContain('<a href="evidence.ndjson">evidence.ndjson</a> <code>lua/inline@1.40.0</code>');
    expect(rowsOf(page, 'compat-lua')).toContain('<a href="compat.json">');
    expect(rowsOf(page, 'compat-lua')).toContain('<code>lua on 1.36.4</code>');
    expect(plain(rowsOf(page, 'compat-dynmod-locked'))).toContain('outdatedsince Envoy 1.38.2');
  });

  it('shows no interval in smoke, and how many restarts would do', async () => {
    const smoke = await asBench(await unjudgedRun('smoke'));
    const rows = rowsOf(reportHtml(smoke, []), 'perf-lua-over-wasm');
    expect(rows).toContain('inconclusive');
    expect(rows).not.toMatch(/\[−?\d|class="interval"/);
    expect(plain(rows)).toMatch(/2; some \d+ needed/);
  });

  it('lists opinions and what needs more, with the command that gathers it', () => {
    const page = reportHtml(bench, drawn);
    const text = plain(page);
    expect(text).toContain('Opinions, not tested');
    for (const { statement } of opinions(bench)) expect(text).toContain(statement);
    const next = of(bench, 'iso-lua').next!;
    expect(page).toContain(`<code>${next}</code>`);
    expect(rowsOf(page, 'iso-lua')).toBe('');
  });

  it('escapes all that a stored run says, and follows no address but of the web', () => {
    const evil = '"><img src=x onerror=alert(1)>';
    const poisoned = (verdict: Verdict): Verdict => ({
      ...verdict,
      claim: evil,
      statement: evil,
      section: evil,
      reason: evil,
      note: evil,
      next: evil,
      wouldChange: evil,
      since: evil,
      parts: verdict.parts.map((part) => ({
        ...part,
        subject: evil,
        scenario: evil,
        envoy: evil,
        reason: evil,
        arms: [evil],
        evidence: [evil],
        effect: part.effect && { ...part.effect, what: evil },
      })),
    });
    const article = { ...whole.article!, title: evil, author: evil, url: 'javascript:alert(1)' };
    const run = { ...whole, article, verdicts: whole.verdicts.map(poisoned) };
    const page = reportHtml(run, []);
    expect(page).not.toContain('<img');
    expect(page).not.toContain('href="javascript');
    expect(reportMarkdown(run, [])).not.toMatch(/<img|\]\(javascript/);
  });

  it('needs no script, and nothing from outside to be shown', () => {
    const page = reportHtml(whole, drawn);
    expect(page).not.toMatch(/<script|<link|<iframe|src\s*=|@import|url\(/i);
  });

  it('can be read: every word has a contrast of 4.5 with what it stands on', () => {
    for (const words of Object.values(badgeColours)) {
      for (const [word, { ink, paper }] of Object.entries(words)) {
        expect(contrast(ink, paper), word).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function contrast(one: string, other: string): number {
  const [a = 0, b = 0] = [one, other]
    .map((colour) => {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
        const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    })
    .toSorted((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}
