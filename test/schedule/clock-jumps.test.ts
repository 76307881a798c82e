import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Evidence, Sample } from '../../src/results/schema/index.js';
import { makePlan } from '../../src/schedule/plan.js';
import { profiles } from '../../src/schedule/profiles.js';
import { runSchedule } from '../../src/schedule/run-schedule.js';
import { timeLedger } from '../../src/schedule/time-spent.js';
import { fakeExecutor } from './fake-executor.js';
import { fakeArms } from './fixture-plan.js';

const hourMs = 3_600_000;
const noon = Date.UTC(2026, 0, 1, 12);

/** Drives a plan whose budget binds, on the real monotonic clock; `jump` moves the wall clock. */
async function drive(jump: (slice: number) => number) {
  let slices = 0;
  const executor = fakeExecutor({
    truth: {
      baseline: { envoyUs: 30 },
      lua: { envoyUs: 40 },
      'wasm/rust': { envoyUs: 50 },
      'ext-proc/rust-uds': { envoyUs: 60, serverUs: 30 },
    },
    seed: 1,
    onSlice() {
      slices += 1;
      vi.setSystemTime(noon + jump(slices) * hourMs);
    },
  });
  const plan = makePlan({
    profile: { ...profiles.quick, restarts: 3 },
    scenarios: [{ scenario: 'headers', arms: fakeArms }],
    seed: 1,
    budgetSeconds: 2 * 3_600,
    budgetBinds: true,
  });
  const [samples, evidence]: [Sample[], Evidence[]] = [[], []];
  const ledger = timeLedger();
  const stopped = await runSchedule(
    plan,
    executor,
    { sample: (one) => samples.push(one), evidence: (one) => evidence.push(one) },
    { signal: new AbortController().signal, ledger, adviseRounds: () => null },
  );
  const restarts = evidence.flatMap((item) => (item.kind === 'restart-done' ? [item.seconds] : []));
  return { stopped, order: executor.log.slices, restarts, spent: ledger.spent() };
}

// Date alone: the monotonic clock is what must be believed.
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: noon }));
afterEach(() => vi.useRealTimers());

describe('a wall clock that jumps by hours while a run is driven', () => {
  it.each([
    ['forward', (slice: number) => 5 * slice],
    ['back', (slice: number) => -5 * slice],
    ['to and fro', (slice: number) => (slice % 2 === 0 ? 9 : -9)],
  ])('%s: schedule, budget and account of time are as without', async (_, jump) => {
    const still = await drive(() => 0);
    expect(still.stopped).toBe('planned');
    const begun = Date.now();
    const jumped = await drive(jump);
    // The clock that people read did move.
    expect(Math.abs(Date.now() - begun)).toBeGreaterThanOrEqual(5 * hourMs);
    expect(jumped.stopped).toBe('planned');
    expect(jumped.order).toEqual(still.order);
    expect(jumped.restarts).toHaveLength(3);
    for (const seconds of [...jumped.restarts, ...Object.values(jumped.spent)]) {
      expect(seconds).toBeGreaterThanOrEqual(0);
      expect(seconds).toBeLessThan(600);
    }
  });
});
