import { expect, it } from 'vitest';
import { inLanes } from '../../src/compat/lanes.js';

it('works on all items, so many at a time, and keeps their order', async () => {
  let busy = 0;
  let most = 0;
  const results = await inLanes([3, 1, 2, 0, 1], 2, async (turns) => {
    busy += 1;
    most = Math.max(most, busy);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    busy -= 1;
    return turns * 10;
  });
  expect(results).toEqual([30, 10, 20, 0, 10]);
  expect(most).toBe(2);
});

it('begins nothing more after a failure, and waits for what runs beside it', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    if (item === 1) throw new Error('broken');
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    ended.push(item);
    return item;
  };
  await expect(inLanes([0, 1, 2, 3], 2, work)).rejects.toThrow('broken');
  expect(begun).toEqual([0, 1]);
  expect(ended).toEqual([0]);
});

it('has nothing to do where there is nothing', async () => {
  expect(await inLanes([], 2, async () => 1)).toEqual([]);
});
