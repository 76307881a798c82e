import { describe, expect, it } from 'vitest';
import { distributions } from '../../../src/report/charts/distributions/index.js';
import { familiesOf } from '../../../src/report/content/panels.js';
import type { ArmResult, Run } from '../../../src/results/schema/index.js';
import { fixtureRun } from '../fixture-run.js';

const familyOf = (run: Run) => familiesOf(run).find(({ name }) => name === 'noop')!;
const textOf = (run: Run) => JSON.stringify(distributions.spec(run, familyOf(run)));
const altOf = (run: Run) => distributions.alt(run, familyOf(run));

function withArms(change: (arm: ArmResult) => ArmResult): Run {
  const run = fixtureRun();
  return { ...run, arms: run.arms.map(change) };
}

const withoutDistributions = (arm: ArmResult): ArmResult => {
  if (arm.latency === null) return arm;
  const { distributions: _, ...latency } = arm.latency;
  return { ...arm, latency };
};

describe('distributions', () => {
  it('has a plot for each class under each load, with the load in its title', () => {
    const titles = [...textOf(fixtureRun()).matchAll(/"text":"(noop · [^"]+)"/g)].map(([, title]) => title);
    expect(titles).toEqual([
      'noop · in-process · 1 connection',
      'noop · external server · 1 connection',
      'noop · in-process · 1,000 requests/s',
      'noop · external server · 1,000 requests/s',
    ]);
  });

  it('shows the baseline beside each, and says every named percentile with its interval in words', () => {
    const [, first = ''] = altOf(fixtureRun()).split('1 connection: ');
    expect(first).toMatch(/^baseline p50 41\.3 \[37\.2, 45\.4\], p90 53\.7 \[/);
    expect(first).toMatch(/p99 [^,]+, [^,]+\], p99\.9 /);
  });

  it('names who missed a rate, and who had too few responses, and draws neither', () => {
    const { plan } = fixtureRun();
    const text = textOf({ ...fixtureRun(), plan: { ...plan, rates: [2_000] } });
    expect(text).toContain('missed the rate: ext-proc/rust"');
    const few = withArms((arm) => (arm.variant === 'lua' ? withoutDistributions(arm) : arm));
    expect(textOf(few)).toContain('too few responses: lua"');
    expect(textOf(few)).not.toContain('"variant":"lua"');
  });

  it('says where a whole plot is left out', () => {
    const missed = withArms((arm) => {
      if (arm.latency === null || arm.class !== 'external') return arm;
      const own = arm.latency.distributions?.filter(({ load }) => load.loop === 'closed');
      return { ...arm, latency: { ...arm.latency, ...(own && { distributions: own }) } };
    });
    expect(textOf(missed)).toContain('noop · external server at 1,000 requests/s: no curve');
    expect(textOf(fixtureRun())).not.toContain('no curve');
  });

  it('shows no interval in smoke, even where the data holds one', () => {
    const { plan, profile } = fixtureRun('smoke');
    for (const run of [fixtureRun('smoke'), { ...fixtureRun(), plan, profile }]) {
      expect(textOf(run)).not.toMatch(/"low"|"area"|Pale/);
      expect(textOf(run)).toContain('smoke: no intervals, nothing is ranked');
    }
    expect(textOf(fixtureRun())).toContain('"area"');
  });

  it('keeps intervals within the scale', () => {
    const wide = withArms((arm) => {
      const own = arm.latency?.distributions?.map((each) => ({
        ...each,
        points: each.points.map((point) => ({ ...point, low: -1e6, high: 1e9 })),
      }));
      return arm.latency && own ? { ...arm, latency: { ...arm.latency, distributions: own } } : arm;
    });
    const lows = [...textOf(wide).matchAll(/"low":([-\d.e]+)/g)].map(([, low]) => Number(low));
    expect(lows.length).toBeGreaterThan(0);
    for (const low of lows) expect(low).toBeGreaterThan(0);
  });

  it.each([60, 101, 240, 333, 450, 620, 801, 7_300])(
    'tells its scale of times by two numbers or more where all are near %d µs',
    (us) => {
      const narrow = withArms((arm) => {
        const own = arm.latency?.distributions?.map((each) => ({
          ...each,
          points: each.points.map((point, at) => ({ ...point, us: us * 1.01 ** at })),
        }));
        return arm.latency && own ? { ...arm, latency: { ...arm.latency, distributions: own } } : arm;
      });
      const axes = [
        ...textOf(narrow).matchAll(/"µs of response time".*?"domain":\[([^\]]+)\].*?"values":\[([^\]]*)\]/g),
      ];
      expect(axes.length).toBeGreaterThan(0);
      for (const [, domain = '', values = ''] of axes) {
        const [low = 0, high = 0] = domain.split(',').map(Number);
        const ticks = values.split(',').map(Number);
        expect(ticks.length, `${low} to ${high}`).toBeGreaterThanOrEqual(2);
        for (const tick of ticks) expect(tick >= low && tick <= high).toBe(true);
      }
    },
  );

  it('does not apply to a run of before, nor where only the baseline has a curve', () => {
    const old = withArms(withoutDistributions);
    expect(distributions.applies(old, familyOf(old))).toBe(false);
    const alone = withArms((arm) => (arm.class === 'baseline' ? arm : withoutDistributions(arm)));
    expect(distributions.applies(alone, familyOf(alone))).toBe(false);
    expect(distributions.applies(fixtureRun(), familyOf(fixtureRun()))).toBe(true);
  });
});
