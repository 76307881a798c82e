import { mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findUnfinishedBench } from '../../../src/cli/claims/unfinished.js';
import { BadInputError } from '../../../src/errors.js';
import { analyse } from '../../../src/results/analyse/index.js';
import type { Run } from '../../../src/results/schema/index.js';
import { ownRunFolder, writeRunFile } from '../../../src/results/store/index.js';
import { fakeHeader, fakePlan, planned } from '../../schedule/fixture-plan.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-unfinished-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const asked = ['bench', '--profile', 'full', '--mechanisms', 'lua,wasm/rust', '--seed', '7'];

/** A bench that was begun with these words. */
function begun(
  id: string,
  words: readonly string[],
  status: Run['status'] = 'interrupted',
  seconds = 0,
): string {
  const folder = join(dir, `bench-unfinished-${id}`);
  mkdirSync(folder);
  const command = [...words, '--budget', '200s', '--no-config', '--out', folder];
  writeRunFile(folder, analyse({ ...fakeHeader(fakePlan()), status, command }, planned(), [], []));
  const at = new Date(2026, 0, 1, 0, 0, seconds);
  utimesSync(join(folder, 'run.json'), at, at);
  return folder;
}

const found = (words: readonly string[] = asked) => findUnfinishedBench(join(dir, 'bench'), words);

describe('a bench that was cut off', () => {
  it('is found by its plan, whatever was left of the time for everything then', async () => {
    expect(await found()).toBeNull();
    const folder = begun('a1', asked);
    expect(await found()).toEqual({ dir: folder, isComplete: false });
  });

  it('is found among those of other plans, and the latest of several', async () => {
    begun('a1', asked, 'interrupted', 1);
    const latest = begun('b2', asked, 'failed', 9);
    begun('c3', [...asked, '--scenarios', 'headers'], 'interrupted', 20);
    expect(await found()).toEqual({ dir: latest, isComplete: false });
  });

  it('that ended, and was not yet put in its place, need not be gone on with', async () => {
    const folder = begun('a1', [...asked, '--verbose'], 'complete');
    expect(await found()).toEqual({ dir: folder, isComplete: true });
  });

  it('holds nothing where it was cut off before its first Envoy', async () => {
    mkdirSync(join(dir, 'bench-unfinished-a1'));
    mkdirSync(join(dir, 'faults-unfinished-a1'));
    expect(await found()).toBeNull();
  });

  it.each([
    ['other mechanisms', ['bench', '--profile', 'full', '--mechanisms', 'lua', '--seed', '7']],
    ['another seed', [...asked.slice(0, -1), '8']],
    ['fewer scenarios', [...asked, '--scenarios', 'headers']],
    ['another Envoy', [...asked, '--envoy', '1.39.3']],
  ])('with %s is of another plan: it is said, with what to do', async (_, words) => {
    const folder = begun('a1', asked);
    const failing = found(words);
    await expect(failing).rejects.toThrow(BadInputError);
    await expect(failing).rejects.toThrow(
      /is of another plan: "bench .*lua,wasm\/rust --seed 7", and not "bench /,
    );
    const error = await failing.catch((thrown: BadInputError) => thrown);
    expect((error as BadInputError).next).toMatch(/or another --out; or measure anew, without it: rm -r /);
    expect((error as BadInputError).next).toContain(folder.split('/').at(-1));
  });

  it('that a living process writes is left to it', async () => {
    using _owner = ownRunFolder(begun('a1', asked));
    await expect(found()).rejects.toThrow(/is being written by process/);
  });
});
