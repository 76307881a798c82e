import { expect, it } from 'vitest';
import { FailedError } from '../../../src/errors.js';
import { runCleanSlice } from '../../../src/load/calibration/run-slice.js';
import type { Generator } from '../../../src/load/generator/process.js';
import { repeatAfterMs } from '../../../src/load/silent.js';
import type { Slice, SliceOutcome } from '../../../src/load/slice.js';

/** A generator whose slices have these counts, the last of them for good. */
function generatorOf(...outcomes: readonly Pick<SliceOutcome, 'requests' | 'bad' | 'badExample'>[]) {
  let slices = 0;
  const run = async () => {
    slices += 1;
    return outcomes[Math.min(slices, outcomes.length) - 1] as SliceOutcome;
  };
  return { generator: { run } as unknown as Generator, slices: () => slices };
}

const slice = {} as Slice;
const silent = { requests: 0, bad: 0, badExample: null };
const good = { requests: 100, bad: 0, badExample: null };

it('a silent slice is driven again, and what comes then counts', async () => {
  const { generator, slices } = generatorOf(silent, silent, good);
  expect(await runCleanSlice(generator, slice)).toEqual(good);
  expect(slices()).toBe(3);
});

it('a target that stays silent fails', async () => {
  const { generator, slices } = generatorOf(silent);
  await expect(runCleanSlice(generator, slice)).rejects.toThrow(FailedError);
  expect(slices()).toBe(1 + repeatAfterMs.length);
});

it('a wrong answer fails at once', async () => {
  const { generator, slices } = generatorOf({ requests: 0, bad: 1, badExample: 'status 503' });
  await expect(runCleanSlice(generator, slice)).rejects.toThrow('status 503');
  expect(slices()).toBe(1);
});
