import { describe, expect, it } from 'vitest';
import { logTicks, straightBelow } from '../../../src/report/html/interactive/spec/costs.js';

describe('straightBelow', () => {
  it.each([
    [[3, 40, 120], 1],
    [[0.3, 0.5, 0.9], 0.1],
    [[-0.02, 0.05, 0.08], 0.01],
    [[], 1],
    [[0], 1],
  ])('of %j is %f', (values, constant) => {
    expect(straightBelow(values)).toBe(constant);
  });
});

describe('logTicks', () => {
  it('has zero and powers of ten, on both sides, none of them run into zero', () => {
    expect(logTicks([-1_500, 1_500], 1)).toEqual([-1_000, -100, -10, 0, 10, 100, 1_000]);
    expect(logTicks([-25, 126], 1)).toEqual([-10, 0, 10, 100]);
  });

  it('has steps between them where there is room', () => {
    expect(logTicks([0, 12], 1)).toEqual([0, 1, 2, 5, 10]);
    expect(logTicks([0, 200], 1)).toEqual([0, 1, 3, 10, 30, 100]);
  });
});
