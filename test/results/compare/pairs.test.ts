import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { isCalled, verdictOf } from '../../../src/report/compare/words.js';
import { compareRuns } from '../../../src/results/compare/index.js';
import { readWhole } from '../../../src/results/store/index.js';
import { draws } from '../../stats/draws.js';
import { storeRun } from '../../support/store-run.js';
import { comparedVariants, noisyRun, type Special } from './made-runs.js';

const parent = mkdtempSync(join(tmpdir(), 'filterbench-compare-'));
afterAll(() => rmSync(parent, { recursive: true }));

// Between two runs the machine gets slower or faster, for all arms alike: by a share, and by some µs a request.
const { normal } = draws('run-level drift');
const slownessSd = 0.02;
const shiftSdUs = 0.3;
const pairsOfEach = 10;
// What external servers add is ten times as much, and between two runs it drifts by as much as 5 µs: they are there to be called by mistake.
const inProcess = comparedVariants.filter((variant) => !variant.startsWith('ext-'));

async function stored(seed: number, special: Special): Promise<string> {
  const drift = { slowness: Math.exp(slownessSd * normal()), shiftUs: shiftSdUs * normal() };
  return storeRun(join(parent, String(seed)), await noisyRun(seed, { ...drift, ...special }));
}

/** What is called between two runs on disk, in any of its numbers. */
async function calledBetween(pair: number, moreUs: Special['moreUs']): Promise<string[]> {
  const dirs = [await stored(2 * pair, {}), await stored(2 * pair + 1, { moreUs: moreUs ?? {} })];
  const runs = await Promise.all(dirs.map(async (dir) => ({ dir, run: (await readWhole(dir)).run })));
  const { others } = compareRuns(runs, { force: false, failOn: null });
  const arms = others.flatMap((other) => other.arms);
  expect(arms).toHaveLength(comparedVariants.length);
  return arms.filter(isCalled).map((arm) => `${arm.variant} ${verdictOf(arm)}`);
}

it('tells A/A pairs apart from pairs with 5 µs more in one arm: 20 of 20 right', async () => {
  let right = 0;
  for (let pair = 0; pair < pairsOfEach; pair += 1) {
    const same = await calledBetween(pair, {});
    expect.soft(same, `A/A pair ${pair}`).toEqual([]);
    const changed = inProcess[pair % inProcess.length]!;
    const different = await calledBetween(pairsOfEach + pair, { [changed]: 5 });
    expect.soft(different, `pair ${pair}, changed`).toEqual([`${changed} dearer`]);
    right += Number(same.length === 0) + Number(different.join() === `${changed} dearer`);
  }
  expect(right).toBe(2 * pairsOfEach);
});
