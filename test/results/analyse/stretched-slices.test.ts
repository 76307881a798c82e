import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/results/analyse/index.js';
import { stretchedSlices } from '../../../src/results/analyse/stretched-slices.js';
import type { Sample } from '../../../src/results/schema/index.js';
import { sliceTable, windowsNsOf } from '../../../src/results/slices/index.js';
import { fakeHeader, fakePlan, planned } from '../../schedule/fixture-plan.js';
import { sampleOf } from '../store/fixture-sample.js';

const lasting = (ms: number, more: Partial<Sample> = {}) => sampleOf({ windowNs: ms * 1e6, ...more });
const usual = [130, 131, 140, 129, 190].map((ms) => lasting(ms));
const one = () => 'headers';
const stretchedIn = (samples: readonly Sample[], kindOf: (arm: string) => string) =>
  stretchedSlices(
    sliceTable(samples).cells.map((cell) => ({ ...cell, windowsNs: windowsNsOf(cell) })),
    kindOf,
  );

describe('slices that took far longer than planned', () => {
  it('none, where windows are as others of their kind, however busy the machine', () => {
    expect(stretchedIn([], one)).toEqual([]);
    expect(stretchedIn(usual, one)).toEqual([]);
    expect(stretchedIn([...usual, lasting(600)], one)).toEqual([]);
    // Long, but so are all of them.
    expect(
      stretchedIn(
        [7_000, 7_100, 20_000].map((ms) => lasting(ms)),
        one,
      ),
    ).toEqual([]);
  });

  it('one that the machine was asleep in: which, and how long', () => {
    const [warning, ...more] = stretchedIn([...usual, lasting(4_000, { restart: 2 })], one);
    expect(more).toEqual([]);
    expect(warning?.code).toBe('stretched-slice');
    expect(warning?.message).toMatch(
      /^a slice took far longer than planned, the longest 4\.0 s in place of 0\.1 s \(.*, restart 3\)/,
    );
  });

  it('are held against their own kind: load, purpose and scenario', () => {
    const unloaded = { load: { loop: 'closed', connections: 1, workers: 1 } } as const;
    const slow = [lasting(2_000, unloaded), lasting(2_010, unloaded)];
    const warmUp = [lasting(3_000, { purpose: 'warm-up' })];
    const other = [lasting(5_000, { arm: 'big/lua@1.40.0' })];
    const scenarioOf = (arm: string) => arm.split('/')[0] ?? '';
    expect(stretchedIn([...usual, ...slow, ...warmUp, ...other], scenarioOf)).toEqual([]);
    expect(stretchedIn([...usual, ...other], one)).toHaveLength(1);
  });

  it('a window that never opened is none', () => {
    const closed = Array.from({ length: 9 }, () => lasting(0));
    expect(stretchedIn([...closed, ...usual], one)).toEqual([]);
  });

  it('are a warning of the run, and stay in its numbers', () => {
    const samples = [...usual, lasting(4_000), lasting(9_000)];
    const run = analyse(fakeHeader(fakePlan()), planned(), samples, []);
    const found = run.warnings.filter(({ code }) => code === 'stretched-slice');
    expect(found.map(({ message }) => message)).toEqual([
      expect.stringContaining('2 slices took far longer'),
    ]);
    expect(
      analyse(fakeHeader(fakePlan()), planned(), usual, []).warnings.map(({ code }) => code),
    ).not.toContain('stretched-slice');
  });
});
