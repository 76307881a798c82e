import { describe, expect, it } from 'vitest';
import { repeatAfterMs } from '../../src/load/silent.js';
import type { SliceSpec } from '../../src/schedule/executor.js';
import { driveFake } from './fake-run.js';
import { fakePlan } from './fixture-plan.js';

const truth = {
  baseline: { envoyUs: 34 },
  lua: { envoyUs: 40 },
  'wasm/rust': { envoyUs: 46 },
  'ext-proc/rust-uds': { envoyUs: 90, serverUs: 30 },
};
const lua = 'headers/lua@1.40.0';
const base = { truth, seed: 7, restartSdUs: 0.8, sliceSdUs: 3 };

/** Slices of one arm in one round, of a closed loop with 16 connections. */
const isOne = ({ arm, restart, round, purpose, load }: SliceSpec) =>
  arm === lua &&
  restart === 1 &&
  round === 1 &&
  purpose === 'measure' &&
  load.loop === 'closed' &&
  load.connections === 16;

/** Silent for the first `times` tries of that slice. */
const silentFor = (times: number) => {
  let tries = 0;
  return (spec: SliceSpec) => {
    if (!isOne(spec)) return false;
    tries += 1;
    return tries <= times;
  };
};

describe('a window without an answer, and without a wrong one', () => {
  it.each([1, repeatAfterMs.length])(
    'is driven again, %i times: the arm stays valid, and it is counted',
    async (times) => {
      const { run, evidence, log } = await driveFake(fakePlan(), { ...base, isSilent: silentFor(times) });
      const arm = run.arms.find(({ id }) => id === lua);
      expect(arm?.status).toBe('valid');
      expect(arm?.capacity?.slices).toBe(12 * run.plan.rounds);
      const windowsMs = log.slices.filter(isOne).map(({ windowMs }) => windowMs);
      expect(windowsMs).toEqual([130, 260, 520, 1_040].slice(0, times + 1));
      const silent = evidence.filter(({ kind }) => kind === 'silent');
      expect(silent).toHaveLength(times);
      expect(silent[0]).toMatchObject({ arm: lua, restart: 1, round: 1, passed: true });
      const warning = run.warnings.find(({ code }) => code === 'silent-slice');
      expect(warning?.message).toContain(`${times} windows of ${lua}`);
    },
  );

  it('that no repeat ends makes the arm invalid, with a reason that speaks of no wrong answer', async () => {
    const isSilent = silentFor(Number.POSITIVE_INFINITY);
    const { run, log } = await driveFake(fakePlan(), { ...base, isSilent });
    const arm = run.arms.find(({ id }) => id === lua);
    expect(arm?.status).toBe('invalid');
    expect(arm?.reason).toMatch(
      /^under load: no answer came in 4 windows of 130 to 1040 ms.*none that was wrong$/,
    );
    expect(log.slices.filter(isOne)).toHaveLength(1 + repeatAfterMs.length);
    expect(run.arms.filter(({ status }) => status === 'invalid')).toHaveLength(1);
  });

  it('is told apart from wrong answers: those fail the arm at once', async () => {
    const badOf = (spec: SliceSpec) => (isOne(spec) ? 1 : 0);
    const { run, evidence, log } = await driveFake(fakePlan(), { ...base, badOf, isSilent: isOne });
    expect(run.arms.find(({ id }) => id === lua)?.reason).toContain('status 503');
    expect(log.slices.filter(isOne)).toHaveLength(1);
    expect(evidence.some(({ kind }) => kind === 'silent')).toBe(false);
  });

  it('in an open loop is a rate that was missed, and no slice is driven again', async () => {
    const isSilent = ({ arm, load }: SliceSpec) => arm === lua && load.loop === 'open';
    const { run, log } = await driveFake(fakePlan(), { ...base, isSilent });
    expect(run.arms.find(({ id }) => id === lua)?.status).toBe('valid');
    const open = log.slices.filter(isSilent);
    expect(new Set(open.map((spec) => JSON.stringify(spec))).size).toBe(open.length);
  });
});
