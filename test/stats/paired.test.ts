import { describe, expect, it } from 'vitest';
import type { Sample } from '../../src/results/schema/index.js';
import {
  costDifferenceUs,
  costUs,
  meanLogThroughputRatio,
  pairSlices,
  throughputRps,
} from '../../src/stats/paired.js';
import { sampleOf } from '../results/store/fixture-sample.js';

const slice = (more: Partial<Sample>) => sampleOf({ windowNs: 1e9, ...more });

describe('the cost of a request', () => {
  it('is the sum of CPU over the sum of requests, not the mean of the ratios of slices', () => {
    const samples = [
      slice({ requests: 1_000, envoyNs: 10_000_000 }),
      // A slice with a garbage collection in it: few requests, and dear ones.
      slice({ requests: 100, envoyNs: 10_000_000 }),
    ];
    expect(costUs(samples, 'envoy')).toBeCloseTo(20_000 / 1_100, 10);
    expect(costUs(samples, 'envoy')).not.toBeCloseTo((10 + 100) / 2, 1);
  });

  it("is Envoy's, the server's, or both", () => {
    const samples = [slice({ requests: 100, envoyNs: 3_000_000, serverNs: 2_000_000 })];
    expect(costUs(samples, 'envoy')).toBe(30);
    expect(costUs(samples, 'server')).toBe(20);
    expect(costUs(samples, 'total')).toBe(50);
    const alone = [slice({ requests: 100, envoyNs: 3_000_000, serverNs: null, upstreamNs: 9_000_000 })];
    // The upstream is stored, and never part of a cost.
    expect(costUs(alone, 'total')).toBe(30);
  });
});

it('throughput is the sum of requests over the sum of windows', () => {
  const samples = [
    slice({ requests: 3_000, windowNs: 100_000_000 }),
    slice({ requests: 1_000, windowNs: 300_000_000 }),
  ];
  expect(throughputRps(samples)).toBeCloseTo(10_000, 8);
});

describe('pairs', () => {
  const at = (round: number, block: number, requests = 1) => slice({ round, block, requests });

  it('with the baseline are those of the same block of the same round', () => {
    const arm = [at(0, 1), at(1, 0)];
    const baseline = [at(0, 0, 10), at(0, 1, 11), at(1, 0, 12), at(1, 1, 13)];
    const pairs = pairSlices(arm, baseline, 'block');
    expect(pairs.map(({ other }) => other.requests)).toEqual([11, 12]);
    expect(pairs.map((pair) => pair.arm)).toEqual(arm);
  });

  it('of two arms are those of the same round, whatever their blocks', () => {
    const pairs = pairSlices([at(0, 0), at(1, 0)], [at(1, 1, 21), at(0, 1, 20)], 'round');
    expect(pairs.map(({ other }) => other.requests)).toEqual([20, 21]);
  });

  it('leave out slices without a partner, on either side', () => {
    const arm = [at(0, 0), at(1, 0), at(2, 0)];
    const other = [at(1, 0, 31), at(3, 0, 33)];
    expect(pairSlices(arm, other, 'block').map((pair) => pair.other.requests)).toEqual([31]);
    expect(pairSlices(arm, [], 'round')).toEqual([]);
    expect(pairSlices([], other, 'round')).toEqual([]);
    // Round 1, block 11 is not round 11, block 1.
    expect(pairSlices([at(1, 11)], [at(11, 1)], 'block')).toEqual([]);
  });
});

describe('the value of one restart', () => {
  it('is the difference of two costs over the paired slices', () => {
    const pairs = pairSlices(
      [
        slice({ round: 0, requests: 100, envoyNs: 5_000_000, serverNs: 1_000_000 }),
        slice({ round: 1, requests: 300, envoyNs: 11_000_000, serverNs: 3_000_000 }),
      ],
      [
        slice({ round: 0, requests: 200, envoyNs: 6_000_000 }),
        slice({ round: 1, requests: 200, envoyNs: 8_000_000 }),
        // Without a partner: it must not weigh in.
        slice({ round: 2, requests: 1, envoyNs: 9_000_000 }),
      ],
      'round',
    );
    expect(costDifferenceUs(pairs, 'envoy')).toBeCloseTo(40 - 35, 10);
    expect(costDifferenceUs(pairs, 'total')).toBeCloseTo(50 - 35, 10);
    expect(costDifferenceUs(pairs, 'server')).toBeCloseTo(10, 10);
  });

  it('is the mean log-ratio of throughput: half as fast and twice as fast are even', () => {
    const arm = [slice({ round: 0, requests: 500 }), slice({ round: 1, requests: 2_000 })];
    const other = [slice({ round: 0, requests: 1_000 }), slice({ round: 1, requests: 1_000 })];
    expect(meanLogThroughputRatio(pairSlices(arm, other, 'round'))).toBeCloseTo(0, 12);
    const slower = [slice({ round: 0, requests: 500 }), slice({ round: 1, requests: 125 })];
    // ln(1/2) and ln(1/8): their mean is ln(1/4).
    expect(Math.exp(meanLogThroughputRatio(pairSlices(slower, other, 'round')))).toBeCloseTo(1 / 4, 12);
  });

  it('takes windows of unlike length into the ratio', () => {
    const arm = [slice({ requests: 1_000, windowNs: 200_000_000 })];
    const other = [slice({ requests: 1_000, windowNs: 100_000_000 })];
    expect(Math.exp(meanLogThroughputRatio(pairSlices(arm, other, 'round')))).toBeCloseTo(0.5, 12);
  });
});
