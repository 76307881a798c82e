import { describe, expect, it } from 'vitest';
import type { Load, Sample } from '../../../src/results/schema/index.js';
import { slicesOf, sliceTable, totalsOf } from '../../../src/results/slices/index.js';
import { sampleOf } from '../store/fixture-sample.js';

const unloaded: Load = { loop: 'closed', connections: 1, workers: 1 };
const open: Load = { loop: 'open', rps: 2_000, workers: 1 };
const arrivals: Sample['arrivals'] = {
  offered: 260,
  answered: 259,
  unanswered: 1,
  backlogAtOpen: 2,
  backlogAtClose: 3,
  meanSendLagUs: 4.5,
  maxSendLagUs: 67.8,
  sendLagCount: 250,
};

function roundsOf(samples: readonly Sample[]): number[][] {
  return sliceTable(samples).cells.map((cell) => slicesOf(cell).map(({ round }) => round));
}

describe('a slice comes back as it was added', () => {
  it.each<[string, Partial<Sample>]>([
    ['an unloaded one', { load: unloaded, histogram: 'its own' }],
    ['an open loop’s', { load: open, arrivals, histogram: 'its own' }],
    ['an open loop’s without an account', { load: open, arrivals: null }],
    ['with what is known of a server', { load: unloaded, serverNs: 1.5, envoyWaitNs: 2, envoySwitches: 0 }],
    ['where nothing is known', { load: unloaded, serverNs: null, envoyWaitNs: null, envoySwitches: null }],
    ['with others below zero', { load: unloaded, othersNs: -10_000_000, stealNs: 0.1 + 0.2 }],
  ])('%s', (_what, more) => {
    const samples = Array.from({ length: 7 }, (_, round) => sampleOf({ ...more, round, block: round % 2 }));
    const [cell] = sliceTable(samples).cells;
    for (const [round, slice] of slicesOf(cell!).entries()) expect(samples[round]).toMatchObject(slice);
    expect(slicesOf(cell!)).toHaveLength(7);
  });

  it('but for histograms of a saturated closed loop and of warm-ups', () => {
    const samples = [
      sampleOf({ histogram: 'x' }),
      sampleOf({ load: unloaded, purpose: 'warm-up', histogram: 'x' }),
    ];
    const slices = sliceTable(samples).cells.flatMap(slicesOf);
    expect(slices.map(({ histogram }) => histogram)).toEqual([null, null]);
  });
});

it('arms, restarts, attempts, loads and warm-ups are kept apart', () => {
  const unlike: Partial<Sample>[] = [
    {},
    { arm: 'headers/other@1.40.0' },
    { restart: 1 },
    { attempt: 1 },
    { purpose: 'warm-up' },
    { load: unloaded },
    { load: open },
    { load: { ...open, rps: 1_000 } },
  ];
  const samples = [0, 1].flatMap((round) => unlike.map((more) => sampleOf({ ...more, round })));
  expect(roundsOf(samples)).toEqual(unlike.map(() => [0, 1]));
});

it('a part of a table can be added to', () => {
  const table = sliceTable([sampleOf({ restart: 0 }), sampleOf({ restart: 1 })]);
  const part = table.where(({ restart }) => restart === 1);
  part.add(sampleOf({ restart: 1, round: 5 }));
  part.add(sampleOf({ restart: 0, round: 6 }));
  expect(part.cells.map((cell) => [cell.restart, cell.slices])).toEqual([
    [1, 2],
    [0, 1],
  ]);
});

it('totals name what was wrong first in the run, whichever cell it is in', () => {
  const samples = [
    sampleOf({ restart: 0, served: 10 }),
    sampleOf({ restart: 1, served: 10, bad: 2, badExample: 'status 503' }),
    sampleOf({ restart: 0, served: 10, bad: 1, badExample: 'status 500' }),
  ];
  expect(totalsOf(sliceTable(samples).cells)).toEqual({
    slices: 3,
    served: 30,
    bad: 3,
    badExample: 'status 503',
  });
  expect(totalsOf([])).toEqual({ slices: 0, served: 0, bad: 0, badExample: null });
});
