import { describe, expect, it } from 'vitest';
import { exponentialGaps, intendedStarts, quietMs } from '../../../src/load/open-loop/arrivals.js';
import type { OpenLoopSlice } from '../../../src/load/slice.js';
import { seededRandom } from '../../../src/schedule/random.js';

const own = { kind: 'schedstat', pid: process.pid } as const;
const slice: OpenLoopSlice = {
  loop: 'open',
  target: { host: '127.0.0.1', port: 1 },
  requests: [],
  arrivals: 'poisson',
  rps: 2_000,
  connections: 64,
  seed: 11,
  leadMs: 20,
  windowMs: 10_000,
  drainMs: 50,
  cpu: { envoy: own, server: null, upstream: null },
};
const alone = { index: 0, of: 1 };
const inWindow = (starts: Iterable<number>) => [...starts].filter((at) => at >= slice.leadMs);
const gapsOf = (starts: readonly number[]) => starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('Poisson arrivals', () => {
  it('have gaps of the mean and of the variance of an exponential distribution, and no memory', () => {
    const gap = exponentialGaps(0.5, seededRandom(3));
    const gaps = Array.from({ length: 50_000 }, gap);
    const variance = mean(gaps.map((value) => (value - 0.5) ** 2));
    // Standard errors: 0.5/√n = 0.0022 of the mean, √8·0.25/√n = 0.0032 of the variance; five of each.
    expect(Math.abs(mean(gaps) - 0.5)).toBeLessThan(0.011);
    expect(Math.abs(variance - 0.25)).toBeLessThan(0.016);
    const pairs = gaps.slice(1).map((value, index) => (value - 0.5) * ((gaps[index] ?? 0) - 0.5));
    expect(Math.abs(mean(pairs) / 0.25)).toBeLessThan(5 / Math.sqrt(gaps.length));
  });

  it('come at the rate, whether one process sends them or three', () => {
    for (const of of [1, 3]) {
      const starts = Array.from({ length: of }, (_, index) => inWindow(intendedStarts(slice, { index, of })));
      const count = starts.flat().length;
      // 20,000 expected, five standard deviations of a Poisson count.
      expect(Math.abs(count - 20_000)).toBeLessThan(5 * Math.sqrt(20_000));
      for (const share of starts) expect(Math.abs(share.length / count - 1 / of)).toBeLessThan(0.03);
    }
  });

  it('are the same for the same seed, and others for another seed or share', () => {
    const starts = [...intendedStarts(slice, alone)];
    expect([...intendedStarts(slice, alone)]).toEqual(starts);
    expect([...intendedStarts({ ...slice, seed: 12 }, alone)]).not.toEqual(starts);
    const [first, second] = [0, 1].map((index) => [...intendedStarts(slice, { index, of: 2 })]);
    expect(first).not.toEqual(second);
  });
});

describe('uniform arrivals', () => {
  const uniform: OpenLoopSlice = { ...slice, arrivals: 'uniform' };

  it('have equal gaps, also when several processes take turns', () => {
    for (const of of [1, 3]) {
      const starts = Array.from({ length: of }, (_, index) =>
        inWindow(intendedStarts(uniform, { index, of })),
      );
      const all = starts.flat().sort((a, b) => a - b);
      expect(Math.abs(all.length - 20_000)).toBeLessThanOrEqual(1);
      for (const gap of gapsOf(all)) expect(gap).toBeCloseTo(0.5, 6);
    }
  });

  it('begin at a phase of their own in every slice', () => {
    const first = (seed: number) => intendedStarts({ ...uniform, seed }, alone)[0] ?? 0;
    const phases = [1, 2, 3, 4].map(first);
    expect(new Set(phases).size).toBe(4);
    for (const phase of phases) expect(phase).toBeLessThan(0.5);
  });
});

it('nothing arrives just before the window opens, when counters are read', () => {
  for (const arrivals of ['poisson', 'uniform'] as const) {
    const starts = [...intendedStarts({ ...slice, arrivals }, alone)];
    expect(starts.filter((at) => at < slice.leadMs - quietMs).length).toBeGreaterThan(10);
    expect(starts.filter((at) => at >= slice.leadMs - quietMs && at < slice.leadMs)).toEqual([]);
  }
});
