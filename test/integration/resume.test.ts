import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { DEFAULT_ENVOY_VERSION, resolveEnvoy } from '../../src/envoy/binary/index.js';
import { ExitCode } from '../../src/errors.js';
import { countingBy } from '../../src/results/analyse/index.js';
import { readRun, readWhole } from '../../src/results/store/index.js';
import { openPlace, type Place } from './cli-place.js';

// A download would be killed in place of the run.
beforeAll(async () => {
  await resolveEnvoy(DEFAULT_ENVOY_VERSION);
});

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place[Symbol.asyncDispose]());

const bench = (out: string) => [
  ...['bench', '--runtime', 'native', '--profile', 'smoke', '--budget', '20s'],
  ...['--mechanisms', 'lua,ext-proc/rust-uds', '--seed', '11', '--out', out],
];

/** What was driven, in order; a silent slice is driven again, but leaves one sample. */
async function scheduleOf(dir: string): Promise<string[]> {
  const { samples, evidence } = await readRun(dir);
  return samples
    .filter(countingBy(evidence))
    .map(({ arm, restart, round, block, purpose, load }) =>
      [arm, restart, round, block, purpose, JSON.stringify(load)].join(' '),
    );
}

// Three runs.
const timeout = 300_000;

it('a run that is killed and gone on with has the schedule of one that never was', { timeout }, async () => {
  const [whole, cut] = [join(place.dir, 'whole'), join(place.dir, 'cut')];
  const uncut = await place.run(bench(whole));
  expect(uncut.code, uncut.stderr).toBe(ExitCode.done);

  const killed = place.start(bench(cut));
  let over = false;
  void killed.ended.then(() => {
    over = true;
  });
  const isInSecondRestart = () => {
    try {
      return readFileSync(join(cut, 'samples.ndjson'), 'utf8').includes('"restart":1');
    } catch {
      return false;
    }
  };
  await expect.poll(() => over || isInSecondRestart(), { timeout: 100_000, interval: 5 }).toBe(true);
  // Whoever goes on with a run that is alive would spoil it.
  const early = await place.run(['bench', '--resume', cut]);
  expect(early.code, early.stderr).toBe(ExitCode.badInput);
  expect(early.stderr).toContain('is being written by process');
  killed.killGroup('SIGKILL');
  expect(await killed.ended, killed.stderr()).toEqual({ code: null, signal: 'SIGKILL' });
  await expect.poll(place.processes, { timeout: 30_000 }).toEqual([]);

  const refused = await place.run(['bench', '--resume', cut, '--seed', '12']);
  expect(refused.code).toBe(ExitCode.badInput);
  expect(refused.stderr).toContain('--seed');
  const resumed = await place.run(['bench', '--resume', cut, '--json']);
  expect(resumed.code, resumed.stderr).toBe(ExitCode.done);

  const { run, evidence } = await readRun(cut);
  expect(JSON.parse(resumed.stdout)).toMatchObject({ id: run.id, status: 'complete' });
  expect(run).toMatchObject({ status: 'complete', seed: 11, resumptions: [{ attempt: 1, restartsDone: 1 }] });
  expect(run.warnings.map(({ code }) => code)).toContain('resumed');
  expect(evidence.some(({ kind }) => kind === 'abandoned')).toBe(true);
  expect(await scheduleOf(cut)).toEqual(await scheduleOf(whole));
  const statuses = async (dir: string) =>
    (await readWhole(dir)).run.arms.map(({ id, status }) => [id, status]);
  expect(await statuses(cut)).toEqual(await statuses(whole));
  expect(run.arms.every(({ cpu }) => cpu === null || cpu.totalUs.restarts === 2)).toBe(true);
  expect(place.scratchFolders()).toEqual([]);

  const again = await place.run(['bench', '--resume', cut]);
  expect(again.code).toBe(ExitCode.badInput);
  expect(again.stderr).toContain('is complete');
});
