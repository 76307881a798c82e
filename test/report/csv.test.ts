import { describe, expect, it } from 'vitest';
import { reportCsv } from '../../src/report/index.js';
import type { Run } from '../../src/results/schema/index.js';
import { fixtureRun } from './fixture-run.js';

const linesOf = (run: Run) => reportCsv(run).trimEnd().split('\n');

describe('a run as comma-separated values', () => {
  const run = fixtureRun();
  const [head = '', ...lines] = linesOf(run);
  const columns = head.split(',');
  const rows = lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((name, index) => [name, cells[index]]));
  });

  it('has a line for each estimate, with its interval and load', () => {
    const lua = run.arms.find(
      ({ variant, twinOf, overhead }) => variant === 'lua' && twinOf === null && overhead,
    )!;
    const found = rows.find(
      ({ scenario, variant, metric, twin_of }) =>
        scenario === lua.scenario && variant === 'lua' && metric === 'overhead.totalCpuUs' && twin_of === '',
    );
    const { estimate, low, high, restarts } = lua.overhead!.totalCpuUs;
    expect(found).toMatchObject({
      run: run.id,
      mechanism: 'lua',
      load: 'closed 16',
      estimate: String(estimate),
      low: String(low),
      high: String(high),
      restarts: String(restarts),
    });
  });

  it('leaves no arm out', () => {
    for (const { scenario, variant } of run.arms) {
      expect(rows.some((row) => row.scenario === scenario && row.variant === variant)).toBe(true);
    }
  });

  it('gives the reason where there are no numbers, quoted where it must be', () => {
    const [first] = run.arms;
    const none = { cpu: null, capacity: null, latency: null, overhead: null };
    const arms = [{ ...first!, ...none, status: 'unsupported' as const, reason: 'no, "never"' }];
    expect(linesOf({ ...run, arms })[1]).toMatch(/,unsupported,,,,,,,,"no, ""never"""$/);
  });
});
