import { beforeAll, describe, expect, it } from 'vitest';
import type { ClaimData } from '../../src/claims/data.js';
import { judgeClaims } from '../../src/claims/judge.js';
import { type Claims, loadClaims } from '../../src/claims/load.js';
import { type Run, runSchema, type Verdict } from '../../src/results/schema/index.js';
import { access, bodies, headers, madeRun, variants } from './made-run.js';
import { articleTruth, turnedTruth } from './worlds.js';

let claims: Claims['claims'];
let article: Run;
let turned: Run;

beforeAll(async () => {
  const { claims: all } = await loadClaims();
  claims = all;
  article = await madeRun({ truth: articleTruth });
  turned = await madeRun({ truth: turnedTruth });
});

const pair = { variants: ['lua', 'wasm/rust'], twins: ['lua'] };

const dataOf = (...runs: readonly Run[]): ClaimData => ({ runs, matrices: [], observations: [] });
const judged = (...runs: readonly Run[]) => judgeClaims(claims, dataOf(...runs));
const performance = (verdicts: readonly Verdict[]) =>
  verdicts.filter(({ claim }) => claim.startsWith('perf-'));
const wordsOf = (verdicts: readonly Verdict[]) =>
  Object.fromEntries(performance(verdicts).map(({ claim, word }) => [claim, word]));
const all = (word: Verdict['word']) =>
  Object.fromEntries(performance(judged()).map(({ claim }) => [claim, word]));
const of = (verdicts: readonly Verdict[], id: string) => verdicts.find(({ claim }) => claim === id)!;

describe('a performance claim', () => {
  it('is supported in a run where the article is right', () => {
    expect(wordsOf(judged(article))).toEqual(all('supported'));
  });

  it('is refuted where the truth is turned around', () => {
    expect(wordsOf(judged(turned))).toEqual(all('refuted'));
  });

  it('is inconclusive with the restarts of smoke, and says how many more would settle it', async () => {
    const verdicts = judged(await madeRun({ truth: articleTruth, profile: 'smoke' }));
    expect(wordsOf(verdicts)).toEqual(all('inconclusive'));
    for (const { parts, reason, tests, next } of performance(verdicts)) {
      expect(tests).toBe(0);
      expect(next).toContain('filterbench bench');
      expect(reason).toMatch(/2 restarts do not settle it, some \d+ more would/);
      const tested = parts.filter(({ effect }) => effect !== null);
      expect(tested.every(({ restartsNeeded }) => restartsNeeded! >= 12)).toBe(true);
      expect(tested.every(({ pAdjusted, effect }) => pAdjusted === null && effect!.low === null)).toBe(true);
    }
  });

  it('is inconclusive with fewer restarts than ranking needs, though there are intervals', async () => {
    const few = await madeRun({ truth: articleTruth, restarts: 6 });
    expect(wordsOf(judged(few))).toEqual(all('inconclusive'));
  });

  it('is not tested without a run, or in one without its arms, and says which command would', async () => {
    const without = await madeRun({ truth: articleTruth, variants: [], twins: [], scenarios: [headers] });
    for (const verdicts of [judged(), judged(without)]) {
      expect(wordsOf(verdicts)).toEqual(all('not tested'));
      for (const { next } of performance(verdicts))
        expect(next).toMatch(/^filterbench bench .*--mechanisms /);
    }
  });

  it('is inconclusive without A/A pairs, which tell what identical arms differ by', async () => {
    const run = await madeRun({ truth: articleTruth, scenarios: [headers], ...pair });
    const blind = { ...run, noiseFloor: { inProcess: null, external: null } };
    const verdict = of(judged(blind), 'perf-lua-over-wasm');
    expect(verdict.word).toBe('inconclusive');
    expect(verdict.reason).toContain('A/A pair');
  });
});

describe('a claim that holds in some scenarios only', () => {
  it('is refuted as it stands, and says in which it holds', async () => {
    const mixed = await madeRun({
      scenarios: [headers, access],
      ...pair,
      truth: (arm) => (arm.scenario === 'headers' ? articleTruth(arm) : turnedTruth(arm)),
    });
    const verdict = of(judged(mixed), 'perf-lua-over-wasm');
    expect(verdict.word).toBe('refuted');
    expect(verdict.reason).toContain('holds in headers only');
    expect(verdict.parts.map(({ scenario, word }) => [scenario, word])).toEqual([
      ['headers', 'supported'],
      ['access', 'refuted'],
    ]);
  });

  it('is outdated where it held on an older Envoy and no longer does', async () => {
    const older = await madeRun({ scenarios: [headers], ...pair, truth: articleTruth, envoy: '1.36.4' });
    const newer = await madeRun({ scenarios: [headers], ...pair, truth: turnedTruth, envoy: '1.40.0' });
    const verdict = of(judged(newer, older), 'perf-lua-over-wasm');
    expect(verdict).toMatchObject({ word: 'outdated', since: '1.40.0' });
    expect(verdict.reason).toContain('held on 1.36.4, no longer since 1.40.0');
  });

  it('is supported where it did not hold once and does now', async () => {
    const older = await madeRun({ scenarios: [headers], ...pair, truth: turnedTruth, envoy: '1.36.4' });
    const newer = await madeRun({ scenarios: [headers], ...pair, truth: articleTruth, envoy: '1.40.0' });
    const verdict = of(judged(older, newer), 'perf-lua-over-wasm');
    expect(verdict).toMatchObject({ word: 'supported', since: '1.40.0' });
    expect(verdict.reason).toContain('did not on 1.36.4');
  });
});

describe('sameness', () => {
  const alike = (luaUs: number, sdUs: number) =>
    madeRun({
      scenarios: bodies.slice(0, 1),
      variants: ['cpp', 'dynamic-module/rust'],
      twins: ['cpp'],
      fake: { restartSdUs: sdUs },
      truth: (arm) => (arm.variant === 'dynamic-module/rust' ? { envoyUs: 35 + luaUs } : articleTruth(arm)),
    });

  it('is never a difference that failed to show', async () => {
    const noisy = of(judged(await alike(0, 8)), 'perf-dynmod-near-native');
    expect(noisy.word).toBe('inconclusive');
    const quiet = of(judged(await alike(0, 0.1)), 'perf-dynmod-near-native');
    expect(quiet.word).toBe('supported');
  });

  it('needs both CPU and throughput', async () => {
    const slower = of(judged(await alike(5, 0.1)), 'perf-dynmod-near-native');
    expect(slower.word).toBe('refuted');
    const run = await madeRun({
      scenarios: [headers],
      variants: ['cpp', 'dynamic-module/rust'],
      twins: ['cpp'],
      truth: articleTruth,
    });
    const half = of(judged(run), 'perf-dynmod-near-native');
    expect(half.word).toBe('inconclusive');
    expect(half.reason).toContain('throughput');
  });
});

describe('a lowest that another equals', () => {
  it('is lowest all the same, within the margin', async () => {
    const truth: typeof articleTruth = (arm) =>
      arm.variant === 'dynamic-module/rust' ? { envoyUs: 34.6 } : articleTruth(arm);
    const verdict = of(judged(await madeRun({ scenarios: [headers], truth })), 'perf-cpp-best');
    expect(verdict.word).toBe('supported');
    expect(verdict.note).toContain('general built-ins');
  });

  it('is not supported while an arm of the claim was left out', async () => {
    const some = variants.filter((variant) => variant !== 'wasm/rust');
    const run = await madeRun({ scenarios: [headers], truth: articleTruth, variants: some });
    const verdict = of(judged(run), 'perf-cpp-best');
    expect(verdict.word).toBe('inconclusive');
    expect(verdict.reason).toContain('wasm/rust was not measured');
  });
});

describe('verdicts', () => {
  it('are a part of a run that its schema knows, beside those of before, which have none', () => {
    const verdicts = judged(article);
    expect(runSchema.parse(JSON.parse(JSON.stringify({ ...article, verdicts }))).verdicts).toEqual(verdicts);
    expect(runSchema.parse({ ...article, verdicts: [] }).verdicts).toEqual([]);
  });

  it('are the same whenever they are made, and rest on arms that the run has', () => {
    expect(judged(article)).toEqual(judged(article));
    const ids = new Set(article.arms.map(({ id }) => id));
    const parts = performance(judged(article)).flatMap((verdict) => verdict.parts);
    for (const { arms, run } of parts.filter(({ effect }) => effect !== null)) {
      expect(run).toBe(article.id);
      expect(arms.length).toBeGreaterThan(0);
      for (const id of arms) expect(ids).toContain(id);
    }
  });

  it('adjust p for all tests of all claims', () => {
    const verdicts = judged(article);
    const parts = verdicts.flatMap((verdict) => verdict.parts).filter(({ p }) => p !== null);
    expect(new Set(verdicts.map(({ tests }) => tests))).toEqual(new Set([parts.length]));
    const least = Math.min(...parts.map(({ p }) => p!).filter((p) => p > 0));
    for (const { p, pAdjusted } of parts) expect(pAdjusted).toBeGreaterThanOrEqual(p!);
    const surest = parts.find(({ p }) => p === least)!;
    expect(surest.pAdjusted! / surest.p!).toBeGreaterThan(parts.length / 2);
  });

  it('show p99 beside p50 where there is one, and judge by p50', async () => {
    const own = { scenarios: [access], variants: ['ext-proc/rust'], twins: ['ext-proc/rust'] };
    const run = await madeRun({ ...own, truth: articleTruth, fake: { answers: 1_000 } });
    const [part] = of(judged(run), 'perf-extproc-latency').parts;
    expect(part).toMatchObject({ word: 'supported', margin: 10 });
    expect(part?.effect?.what).toBe('ext-proc/rust − baseline, p50 at 2000/s');
    expect(part?.effect?.load).toEqual({ loop: 'open', rps: 2_000, workers: 1 });
    expect(part?.effect?.estimate).toBeCloseTo(90, 0);
    expect(part?.beside.map(({ what }) => what)).toEqual(['ext-proc/rust − baseline, p99 at 2000/s']);
    expect(part?.beside[0]?.estimate).toBeCloseTo(90, 0);
    expect(part?.beside[0]?.low).toBeLessThan(part?.beside[0]?.estimate ?? 0);
  });
});
