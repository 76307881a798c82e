import { median } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import { interimOf } from '../../../src/results/analyse/index.js';
import { sliceTable } from '../../../src/results/slices/index.js';
import { makePlan } from '../../../src/schedule/plan.js';
import { profiles } from '../../../src/schedule/profiles.js';
import { headers, madeStoredRun } from '../../claims/made-run.js';
import { fakeArms, planned } from '../../schedule/fixture-plan.js';

const stored = await madeStoredRun({
  scenarios: [headers],
  variants: ['lua', 'wasm/rust', 'ext-proc/rust-uds'],
  twins: ['lua'],
  truth: ({ variant }) => ({ envoyUs: variant === 'baseline' ? 34 : 40 }),
  fake: { restartSdUs: 0.8, sliceSdUs: 3 },
});
const lines = { slices: sliceTable(stored.samples), evidence: stored.evidence };
const arms = stored.run.arms.map((identity) => ({ identity, known: null }));
const ids = new Set(stored.run.arms.map(({ id }) => id));

describe('widths of intervals while a run goes on', () => {
  it('are those of the whole analysis: the half-widths of overheads in total CPU', () => {
    const widths = interimOf(stored.run, arms, lines).widths(ids)!;
    const whole = stored.run.arms.flatMap(({ id, overhead }) => {
      const { low = null, high = null } = overhead?.totalCpuUs ?? {};
      return low === null || high === null ? [] : [{ id, us: (high - low) / 2 }];
    });
    const widest = whole.toSorted((a, b) => b.us - a.us)[0]!;
    expect(widths.arms).toBe(whole.length);
    expect(widths.medianUs).toBeCloseTo(median(whole.map(({ us }) => us)), 9);
    expect(widths).toMatchObject({ widestUs: widest.us, widestArm: widest.id, shortfalls: null });
  });

  it('say of a precision what the schedule stops by', () => {
    const precision = { us: 0.5, share: 0 };
    const scenarios = [{ scenario: 'headers', arms: fakeArms }];
    const made = makePlan({ profile: profiles.quick, scenarios, seed: 1, budgetSeconds: 600, precision });
    const interim = interimOf({ ...stored.run, plan: made.summary }, arms, lines);
    expect(interim.widths(ids)?.shortfalls).toEqual(interim.shortfalls(ids));
    expect(interim.shortfalls(ids).length).toBeGreaterThan(0);
  });

  it('are of the arms that are asked for alone, and none where there are none', () => {
    const interim = interimOf(stored.run, arms, lines);
    const lua = interim.widths(new Set(['headers/lua@1.40.0']));
    expect(lua).toMatchObject({ arms: 1, widestArm: 'headers/lua@1.40.0' });
    expect(lua?.medianUs).toBe(lua?.widestUs);
    expect(interim.widths(new Set(['headers/baseline@1.40.0']))).toBeNull();
    expect(interimOf(stored.run, planned(), { slices: sliceTable(), evidence: [] }).widths(ids)).toBeNull();
  });
});
