import { expect, it } from 'vitest';
import { historyOf } from '../../../src/results/history/index.js';
import type { History } from '../../../src/results/schema/index.js';
import { everything, madeHistory } from './made-history.js';

/** The steps that are called, by the place of the run that they lead to, from 1. */
function called({ lines }: History): string[] {
  return lines.flatMap(({ variant, steps }) =>
    steps.flatMap(({ totalCpuUs, throughputRatio }, index) => [
      ...(totalCpuUs.called
        ? [`${variant} CPU ${totalCpuUs.change > 0 ? 'dearer' : 'cheaper'} at ${index + 2}`]
        : []),
      ...(throughputRatio.called
        ? [`${variant} throughput ${throughputRatio.change > 1 ? 'more' : 'less'} at ${index + 2}`]
        : []),
    ]),
  );
}

/** What is called from end to end. */
function calledWhole({ lines }: History): string[] {
  return lines.flatMap(({ variant, whole }) =>
    whole?.totalCpuUs.called ? [`${variant} ${whole.totalCpuUs.change > 0 ? 'dearer' : 'cheaper'}`] : [],
  );
}

const seeds = 20;

it(`of ${seeds} histories of 10 equal runs none has a change that is called`, async () => {
  for (let seed = 0; seed < seeds; seed += 1) {
    const history = historyOf(await madeHistory(10, seed), [], everything);
    expect(history.tests).toBe(20);
    expect.soft([...called(history), ...calledWhole(history)], `seed ${seed}`).toEqual([]);
  }
});

it('5 µs more from the sixth of 10 runs on are called there, and nowhere else', async () => {
  for (let seed = 50; seed < 55; seed += 1) {
    const runs = await madeHistory(10, seed, (place) => ({ moreUs: { lua: place >= 5 ? 5 : 0 } }));
    expect
      .soft(called(historyOf(runs, [], everything)), `seed ${seed}`)
      .toEqual(['lua CPU dearer at 6', 'lua throughput less at 6']);
  }
});

it('and 5 µs less as cheaper', async () => {
  const runs = await madeHistory(4, 70, (place) => ({ moreUs: { lua: place >= 2 ? 0 : 5 } }));
  expect(called(historyOf(runs, [], everything))).toEqual([
    'lua CPU cheaper at 3',
    'lua throughput more at 3',
  ]);
});

it('a creep of 1 µs a run is called from end to end, and in no single step', async () => {
  for (let seed = 80; seed < 85; seed += 1) {
    const history = historyOf(
      await madeHistory(8, seed, (place) => ({ moreUs: { lua: place } })),
      [],
      everything,
    );
    expect.soft([calledWhole(history), called(history)], `seed ${seed}`).toEqual([['lua dearer'], []]);
    expect(history.lines[0]!.whole).toMatchObject({
      from: history.runs.at(0)!.id,
      to: history.runs.at(-1)!.id,
    });
  }
});

it('two runs have no end to end but their one step', async () => {
  const [line] = historyOf(await madeHistory(2, 86), [], everything).lines;
  expect([line!.steps.length, line!.whole]).toEqual([1, null]);
});

it('an outlier between equal runs is a step up and a step down', async () => {
  const runs = await madeHistory(5, 71, (place) => ({ moreUs: { lua: place === 2 ? 6 : 0 } }));
  expect(called(historyOf(runs, [], everything)).filter((text) => text.includes('CPU'))).toEqual([
    'lua CPU dearer at 3',
    'lua CPU cheaper at 4',
  ]);
});

it('a run with too few restarts is a point, and no step to or from it is called', async () => {
  const runs = await madeHistory(3, 72, (place) => ({
    moreUs: { lua: place >= 1 ? 8 : 0 },
    ...(place === 1 && { restarts: 8 }),
  }));
  const history = historyOf(runs, [], everything);
  expect(history.lines[0]!.points).toHaveLength(3);
  expect(history.lines[0]!.steps.map(({ totalCpuUs }) => totalCpuUs.uncalled)).toEqual([
    'few-restarts',
    'few-restarts',
  ]);
  // The runs about it have enough.
  expect(history.tests).toBe(2);
  expect(calledWhole(history)).toEqual(['lua dearer']);
});

it('a line that moves from day to day for no reason has no step that is called, however sure two runs are of it', async () => {
  // What a server adds moves by a µs and more between these days, which no restart of a run shows.
  const moves = [0, 5, 1, 6, 0, 4, 9, 5];
  const moving = async (from: number) => {
    const special = (place: number) => ({
      variants: ['lua'],
      twins: ['lua'],
      moreUs: { lua: 4 + moves[place]! },
    });
    return historyOf((await madeHistory(moves.length, 73, special)).slice(from), [], everything);
  };
  const all = (await moving(0)).lines[0]!.steps.map(({ totalCpuUs }) => totalCpuUs);
  expect(all.filter((change) => change.called)).toEqual([]);
  expect(
    all.filter(({ pAdjusted, uncalled }) => pAdjusted! < 0.001 && uncalled === 'within-drift').length,
  ).toBeGreaterThan(2);
  // Of three runs alone nobody can know.
  expect(called(await moving(5))).not.toEqual([]);
});
