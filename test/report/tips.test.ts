import { describe, expect, it } from 'vitest';
import { chartsOf } from '../../src/report/index.js';
import type { Run } from '../../src/results/schema/index.js';
import { fixtureRun } from './fixture-run.js';
import { seriesRun } from './fixture-series.js';
import { versionsRun } from './fixture-versions.js';

type Row = Record<string, unknown>;

/** Every row of a chart's data that a tooltip can tell about. */
function toldRows(run: Run, kind: string): Row[] {
  const found: Row[] = [];
  for (const { name, spec } of chartsOf(run)) {
    if (!name.endsWith(kind)) continue;
    JSON.stringify(spec, (_, value) => {
      if (value !== null && typeof value === 'object' && 'perRestart' in value) found.push(value as Row);
      return value;
    });
  }
  return found;
}

const cases = [
  [fixtureRun, 'overhead-cpu'],
  [fixtureRun, 'throughput'],
  [fixtureRun, 'latency-unloaded'],
  [fixtureRun, 'restarts'],
  [seriesRun, 'curves'],
  [seriesRun, 'slopes'],
  [versionsRun, 'versions'],
] as const;

describe.each(cases)('tooltips of %o', (runOf, kind) => {
  it(`of ${kind} tell estimate, interval, load and one value a restart`, () => {
    const rows = toldRows(runOf(), kind);
    expect(rows.length).toBeGreaterThan(3);
    for (const { variant, estimate, interval, restarts, load, perRestart } of rows) {
      expect(variant).toEqual(expect.any(String));
      expect(estimate).toMatch(/^−?[\d.,]+ (µs|×) /);
      expect(interval).toMatch(/^\[.+\].*, 95 %$/);
      expect(load).toMatch(/^closed loop, \d+ connections?, 1 worker$/);
      expect(String(perRestart).split(', ')).toHaveLength(Number.parseInt(String(restarts), 10));
    }
  });

  it(`of ${kind} tell no interval in smoke`, () => {
    for (const row of toldRows(runOf('smoke'), kind)) expect(row).not.toHaveProperty('interval');
  });
});

it('unloaded latency tells of its own load', () => {
  for (const { load } of toldRows(fixtureRun(), 'latency-unloaded')) expect(load).toMatch(/, 1 connection,/);
});
