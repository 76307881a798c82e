import { expect, it } from 'vitest';
import { processProfile } from '../../src/profiling/shares.js';
import type { ProcessSamples } from '../../src/profiling/stacks.js';

const samplesOf = (places: Record<string, number>): ProcessSamples => ({
  samples: Object.values(places).reduce((sum, each) => sum + each, 0),
  places: new Map(Object.entries(places)),
  folded: new Map(),
  functions: new Map(Object.entries(places)),
  underFilter: places.filter ?? 0,
});
const use = { process: 'envoy', cpuUs: 50, switches: null, syscalls: null } as const;
const baseline = processProfile(samplesOf({ network: 30, codec: 10 }), { ...use, cpuUs: 40 }, null);

it('gives each place its share of what the process used', () => {
  expect(baseline.places).toEqual([
    { place: 'network', samples: 30, share: 0.75, us: 30, overBaselineUs: null },
    { place: 'codec', samples: 10, share: 0.25, us: 10, overBaselineUs: null },
  ]);
});

it('takes the baseline away place by place, also where the arm has none of it', () => {
  const { places, underFilterUs } = processProfile(samplesOf({ network: 60, filter: 40 }), use, baseline);
  expect(places.map(({ place, us, overBaselineUs }) => [place, us, overBaselineUs])).toEqual([
    ['network', 30, 0],
    ['filter', 20, 20],
    ['codec', 0, -10],
  ]);
  expect(underFilterUs).toBe(20);
  // What is over the baseline in all places is what the arm costs more.
  expect(places.reduce((sum, { overBaselineUs }) => sum + overBaselineUs!, 0)).toBeCloseTo(50 - 40);
});

it('is all zero without samples', () => {
  const nothing = processProfile(samplesOf({}), use, null);
  expect(nothing).toMatchObject({ samples: 0, places: [], hottest: [], underFilterUs: 0 });
});

it('keeps the dearest functions', () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}`, index + 1]));
  const { hottest } = processProfile(samplesOf(many), use, null);
  expect(hottest).toHaveLength(25);
  expect(hottest[0]).toMatchObject({ name: 'f39', samples: 40 });
});
