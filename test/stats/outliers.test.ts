import { mean } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { explainOutliers, type OutlierCause, type SliceConditions } from '../../src/stats/outliers.js';
import { draws, times } from './draws.js';

/** Slices of a quiet machine: a little steal and some switches, and costs that vary by up to 8 %, evenly, so that none is far. */
function quietSlices(purpose: string, count = 24): SliceConditions[] {
  const { uniform } = draws(purpose);
  return times(count, () => ({
    value: 34 * (0.92 + 0.16 * uniform()),
    stealShare: 0.01 + 0.005 * uniform(),
    othersShare: 0.01 * uniform(),
    waitShare: 0.02 * uniform(),
    switchesPerSecond: 200 + 50 * uniform(),
    generatorDelayMs: 1 + uniform(),
  }));
}

const withSlice = (slices: SliceConditions[], index: number, more: Partial<SliceConditions>) =>
  slices.map((slice, at) => (at === index ? { ...slice, ...more } : slice));

const noCauses = {
  steal: 0,
  'other-processes': 0,
  'waited-for-cpu': 0,
  'context-switches': 0,
  'generator-slow': 0,
  unexplained: 0,
};

describe('an outlier', () => {
  const causes: [OutlierCause, Partial<SliceConditions>][] = [
    ['steal', { stealShare: 0.3 }],
    ['other-processes', { othersShare: 0.4 }],
    ['waited-for-cpu', { waitShare: 0.25 }],
    ['context-switches', { switchesPerSecond: 9_000 }],
    ['generator-slow', { generatorDelayMs: 40 }],
  ];
  it.each(causes)('with much %s is explained by it, and by nothing else', (cause, trouble) => {
    const found = explainOutliers(withSlice(quietSlices('quiet'), 5, { value: 68, ...trouble }));
    expect(found.outliers.map(({ index, causes: of }) => [index, of])).toEqual([[5, [cause]]]);
    expect(found.outliers[0]?.factor).toBeGreaterThan(1.8);
    expect(found.outliers[0]?.factor).toBeLessThan(2.2);
    expect(found.byCause).toEqual({ ...noCauses, [cause]: 1 });
  });

  it('may have several causes, and counts in each', () => {
    const slices = withSlice(quietSlices('quiet'), 2, { value: 80, stealShare: 0.2, waitShare: 0.3 });
    expect(explainOutliers(slices).byCause).toEqual({ ...noCauses, steal: 1, 'waited-for-cpu': 1 });
  });

  it('without anything unusual is unexplained, dear or cheap', () => {
    const dear = withSlice(quietSlices('quiet'), 3, { value: 70 });
    const found = explainOutliers(withSlice(dear, 7, { value: 17 }));
    expect(found.count).toBe(2);
    expect(found.byCause).toEqual({ ...noCauses, unexplained: 2 });
    expect(found.outliers[1]?.factor).toBeCloseTo(0.5, 1);
  });

  it('is not explained by what is unusual but too small to matter', () => {
    // Far above the group's 0 to 1 %, and yet 4 %.
    const slices = withSlice(quietSlices('quiet'), 3, { value: 70, othersShare: 0.04 });
    expect(explainOutliers(slices).byCause.unexplained).toBe(1);
  });

  it('is not explained by what is large but usual here', () => {
    const { uniform } = draws('usual');
    const busy = quietSlices('quiet').map((slice) => ({ ...slice, stealShare: 0.2 + 0.1 * uniform() }));
    const found = explainOutliers(withSlice(busy, 3, { value: 70, stealShare: 0.28 }));
    expect(found.outliers.map(({ causes: of }) => of)).toEqual([[]]);
  });

  it('is explained where all others show nothing at all of it', () => {
    const still = quietSlices('quiet').map((slice) => ({ ...slice, stealShare: 0 }));
    const found = explainOutliers(withSlice(still, 3, { value: 70, stealShare: 0.3 }));
    expect(found.byCause).toEqual({ ...noCauses, steal: 1 });
  });
});

describe('what is not an outlier', () => {
  it('is a slice with trouble and the usual cost', () => {
    const slices = withSlice(quietSlices('quiet'), 4, { value: 34, stealShare: 0.5 });
    expect(explainOutliers(slices)).toEqual({ count: 0, outliers: [], byCause: noCauses });
  });

  it.each([
    [16, 0.02],
    [100, 0.005],
  ])('is nearly every slice of %d whose costs are merely noisy', (count, share) => {
    const { normal } = draws(`noisy ${count}`);
    const [quiet] = quietSlices('quiet', 1);
    const found = times(300, () =>
      explainOutliers(times(count, () => ({ ...quiet!, value: Math.exp(0.15 * normal()) }))),
    );
    expect(mean(found.map((report) => report.count)) / count).toBeLessThan(share);
  });

  it('is any slice of a handful, of equal ones, or without a cost', () => {
    expect(explainOutliers(withSlice(quietSlices('few', 7), 0, { value: 900 })).count).toBe(0);
    expect(explainOutliers([]).count).toBe(0);
    const equal = quietSlices('equal').map((slice) => ({ ...slice, value: 34 }));
    expect(explainOutliers(equal).count).toBe(0);
    const gaps = withSlice(withSlice(quietSlices('quiet'), 0, { value: null }), 1, { value: 0 });
    expect(explainOutliers(gaps).count).toBe(0);
  });
});

it('what is unknown explains nothing, and hides nothing', () => {
  const blind = quietSlices('quiet').map((slice) => ({
    ...slice,
    stealShare: null,
    waitShare: null,
    switchesPerSecond: null,
  }));
  const found = explainOutliers(withSlice(blind, 6, { value: 75, othersShare: 0.5 }));
  expect(found.outliers.map(({ index, causes }) => [index, causes])).toEqual([[6, ['other-processes']]]);
});
