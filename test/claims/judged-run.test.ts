import { expect, it } from 'vitest';
import { judgedRun } from '../../src/claims/judged-run.js';
import { loadClaims } from '../../src/claims/load.js';
import { nothingBeside } from '../../src/report/index.js';
import { runSchema } from '../../src/results/schema/index.js';
import { faultEvidence } from '../support/fault-evidence.js';
import { loosenedWorld, madeMatrix } from './made-matrix.js';
import { headers, madeRun } from './made-run.js';
import { articleTruth } from './worlds.js';

const pair = { scenarios: [headers], variants: ['lua', 'wasm/rust'], twins: ['lua'] };

it('a run carries the verdicts on all claims, with what they say and whose they are', async () => {
  const claims = await loadClaims();
  const run = judgedRun(await madeRun({ ...pair, truth: articleTruth }), nothingBeside, claims);
  expect(runSchema.parse(run)).toEqual(run);
  expect(run.article).toEqual(claims.article);
  expect(run.verdicts.map(({ claim, statement }) => [claim, statement])).toEqual(
    claims.claims.map(({ id, claim }) => [id, claim]),
  );
  const wordOf = (id: string) => run.verdicts.find(({ claim }) => claim === id)?.word;
  expect(wordOf('perf-lua-over-wasm')).toBe('supported');
  expect(wordOf('compat-dynmod-locked')).toBe('not tested');
});

it('a matrix and faults in its folder are judged with it', async () => {
  const claims = await loadClaims();
  const beside = {
    matrix: madeMatrix(loosenedWorld),
    evidence: [faultEvidence({ variant: 'cpp', fault: 'segv', diedMs: 3, fresh: [] })],
  };
  const { verdicts } = judgedRun(await madeRun({ ...pair, truth: articleTruth }), beside, claims);
  const wordOf = (id: string) => verdicts.find(({ claim }) => claim === id)?.word;
  expect([wordOf('compat-dynmod-locked'), wordOf('iso-cpp')]).toEqual(['outdated', 'supported']);
});

it('a run that no claim is about stays as it is', async () => {
  const run = await madeRun({ scenarios: [headers], variants: [], twins: [], truth: articleTruth });
  expect(judgedRun(run, nothingBeside, await loadClaims())).toBe(run);
});
