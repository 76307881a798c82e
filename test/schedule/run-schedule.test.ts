import { describe, expect, it } from 'vitest';
import { FailedError, InterruptedError } from '../../src/errors.js';
import { analyse } from '../../src/results/analyse/index.js';
import { type Evidence, runSchema, type Sample } from '../../src/results/schema/index.js';
import type { SliceSpec } from '../../src/schedule/executor.js';
import { profiles } from '../../src/schedule/profiles.js';
import { runSchedule } from '../../src/schedule/run-schedule.js';
import { type FakeOptions, fakeExecutor } from './fake-executor.js';
import { fakeArms, fakeHeader, fakePlan, planned } from './fixture-plan.js';

const truth = {
  baseline: { envoyUs: 34 },
  lua: { envoyUs: 40 },
  'wasm/rust': { envoyUs: 46 },
  'ext-proc/rust-uds': { envoyUs: 90, serverUs: 30 },
};

async function runFake(
  options: Partial<FakeOptions> = {},
  plan = fakePlan(),
  signal = new AbortController().signal,
) {
  const samples: Sample[] = [];
  const evidence: Evidence[] = [];
  const executor = fakeExecutor({ truth, seed: 7, restartSdUs: 0.8, sliceSdUs: 3, ...options });
  const sink = {
    sample: (sample: Sample) => samples.push(sample),
    evidence: (item: Evidence) => evidence.push(item),
  };
  const outcome = await runSchedule(plan, executor, sink, { signal }).catch((error: unknown) => error);
  return {
    samples,
    evidence,
    executor,
    outcome,
    run: analyse(fakeHeader(plan), planned(), samples, evidence),
  };
}

describe('a whole schedule on arms of known truth', () => {
  it('finds the true overheads inside their intervals, and the order', async () => {
    const { run, outcome } = await runFake();
    expect(outcome).toBe('planned');
    runSchema.parse(run);
    const overheads = new Map(run.arms.map((arm) => [arm.id, arm.overhead]));
    const lua = overheads.get('headers/lua@1.40.0')!.totalCpuUs;
    expect(lua.low!).toBeLessThan(6);
    expect(lua.high!).toBeGreaterThan(6);
    const external = overheads.get('headers/ext-proc/rust-uds@1.40.0')!;
    expect(external.totalCpuUs.estimate).toBeCloseTo(86, -0.5);
    expect(external.cpuUs.estimate).toBeCloseTo(56, -0.5);
    const luaWasm = run.comparisons.find(({ a, b }) => a.includes('lua') && b.includes('wasm'))!;
    expect(luaWasm.totalCpuUs.estimate).toBeLessThan(0);
    expect(luaWasm.distinguishable).toBe(true);
    expect(run.noiseFloor.inProcess!.cpuUs).toBeGreaterThan(0);
    expect(run.noiseFloor.external!.pairs).toEqual(['headers/ext-proc/rust-uds@1.40.0+twin']);
  });

  it('follows the truth when it is turned around', async () => {
    const turned = { ...truth, lua: truth['wasm/rust'], 'wasm/rust': truth.lua };
    const { run } = await runFake({ truth: turned });
    const luaWasm = run.comparisons.find(({ a, b }) => a.includes('lua') && b.includes('wasm'))!;
    expect(luaWasm.totalCpuUs.estimate).toBeGreaterThan(0);
  });

  it('gives every arm one slice a round, a baseline slice in every block, and the same order for the same seed', async () => {
    const first = await runFake();
    const second = await runFake();
    const other = await runFake({}, fakePlan(fakeArms, profiles.quick, 2));
    expect(second.executor.log.slices).toEqual(first.executor.log.slices);
    expect(other.executor.log.slices).not.toEqual(first.executor.log.slices);
    const plan = fakePlan();
    const capacity = first.samples.filter(
      ({ load, purpose }) => purpose === 'measure' && load.loop === 'closed' && load.connections === 16,
    );
    const wasm = capacity.filter(({ arm }) => arm === 'headers/wasm/rust@1.40.0');
    expect(wasm).toHaveLength(plan.profile.restarts * plan.summary.rounds);
    for (const sample of capacity) {
      expect(
        capacity.some(
          ({ arm, restart, round, block }) =>
            arm === 'headers/baseline@1.40.0' &&
            restart === sample.restart &&
            round === sample.round &&
            block === sample.block,
        ),
      ).toBe(true);
    }
    expect(
      new Set(first.executor.log.layouts.map(({ envPaddingBytes }) => envPaddingBytes)).size,
    ).toBeGreaterThan(6);
    expect(first.executor.log.closed).toBe(plan.profile.restarts);
  });

  it('gives a broken arm no load, says why, and never compares it', async () => {
    const { run, samples, outcome } = await runFake({ broken: { lua: 'header is missing' } });
    expect(outcome).toBe('planned');
    expect(samples.some(({ arm }) => arm.includes('lua'))).toBe(false);
    const lua = run.arms.find(({ id }) => id === 'headers/lua@1.40.0')!;
    expect(lua.status).toBe('invalid');
    expect(lua.reason).toContain('header is missing');
    expect(lua.overhead).toBeNull();
    expect(run.comparisons.some(({ a, b }) => `${a}${b}`.includes('lua'))).toBe(false);
    expect(run.warnings.map(({ code }) => code)).toContain('invalid-arm');
  });

  it('takes a wrong answer under load, even while warming up, for a failed proof, and goes on without the arm', async () => {
    let warmUps = 0;
    const badOf = ({ arm }: SliceSpec) => (arm === 'headers/wasm/rust@1.40.0' ? 3 : 0);
    const { run, evidence, executor, outcome } = await runFake({ badOf });
    expect(outcome).toBe('planned');
    for (const { arm } of executor.log.slices) if (arm === 'headers/wasm/rust@1.40.0') warmUps += 1;
    expect(warmUps).toBe(1);
    expect(evidence.filter(({ kind }) => kind === 'load')).toMatchObject([
      { arm: 'headers/wasm/rust@1.40.0', purpose: 'warm-up', passed: false },
    ]);
    const statuses = new Map(run.arms.map(({ id, status }) => [id, status]));
    expect(statuses.get('headers/wasm/rust@1.40.0')).toBe('invalid');
    expect(statuses.get('headers/lua@1.40.0')).toBe('valid');
  });

  it('survives an arm whose Envoy dies under load, and keeps the others', async () => {
    const onSlice = ({ arm, round, load }: SliceSpec) => {
      const dies = arm === 'headers/lua@1.40.0' && round === 1 && load.loop === 'closed';
      if (dies) throw new FailedError('a slice could not be measured: ENOENT', 'see its log');
    };
    const { run, outcome } = await runFake({ onSlice });
    expect(outcome).toBe('planned');
    const lua = run.arms.find(({ id }) => id === 'headers/lua@1.40.0')!;
    expect(lua).toMatchObject({
      status: 'invalid',
      reason: expect.stringContaining('ENOENT'),
      overhead: null,
    });
    const wasm = run.arms.find(({ id }) => id === 'headers/wasm/rust@1.40.0')!;
    expect(wasm.overhead!.totalCpuUs.restarts).toBe(12);
  });

  it('counts no restart that was cut short: nobody knows whether its filters ran', async () => {
    const controller = new AbortController();
    const onSlice = ({ restart, round }: SliceSpec) => {
      if (restart === 2 && round === 1) controller.abort(new InterruptedError());
    };
    const { run, samples } = await runFake({ onSlice }, fakePlan(), controller.signal);
    expect(new Set(samples.map(({ restart }) => restart))).toEqual(new Set([0, 1, 2]));
    const wasm = run.arms.find(({ id }) => id === 'headers/wasm/rust@1.40.0')!;
    expect(wasm.overhead!.totalCpuUs.restarts).toBe(2);
  });

  it('sends bodies above the limit once a run, when the load is over, and fails nobody by what comes of it', async () => {
    const aboveLimit = { way: 'request', limitBytes: 4, sentBytes: 5, status: 200, arrivedBytes: 5 } as const;
    const { run, evidence, executor } = await runFake({
      aboveLimit: { ...aboveLimit, outcome: 'unfiltered' },
    });
    expect(executor.log.probed.toSorted()).toEqual(
      fakeArms
        .filter(({ twinOf }) => twinOf === null)
        .map(({ id }) => id)
        .toSorted(),
    );
    const last = evidence.findLastIndex(({ kind, restart }) => kind === 'counters' && restart === 0);
    expect(evidence.findIndex(({ kind }) => kind === 'above-limit')).toBeGreaterThan(last);
    expect(run.arms.every(({ status }) => status === 'valid')).toBe(true);
    const lua = run.arms.find(({ id }) => id === 'headers/lua@1.40.0')!;
    expect(lua.aboveLimit).toEqual([{ ...aboveLimit, outcome: 'unfiltered' }]);
    const warning = run.warnings.find(({ code }) => code === 'unfiltered-above-limit')!;
    expect(warning.message).toContain('lua (headers): request unfiltered');
    expect(warning.message).not.toContain('baseline');
    const refused = await runFake({ aboveLimit: { ...aboveLimit, outcome: 'refused' } });
    expect(refused.run.warnings.map(({ code }) => code)).not.toContain('unfiltered-above-limit');
  });

  it('stops with an error where the baseline itself fails', async () => {
    const { outcome } = await runFake({ broken: { baseline: 'no answer' } });
    expect(outcome).toBeInstanceOf(FailedError);
  });

  it('stops between slices when interrupted, keeps what it has, and closes the session', async () => {
    const controller = new AbortController();
    let slices = 0;
    const onSlice = () => {
      slices += 1;
      if (slices === 30) controller.abort(new InterruptedError());
    };
    const { outcome, samples, executor, run } = await runFake({ onSlice }, fakePlan(), controller.signal);
    expect(outcome).toBeInstanceOf(InterruptedError);
    expect(executor.log.slices).toHaveLength(30);
    expect(samples.length).toBeGreaterThan(0);
    expect(executor.log.closed).toBe(1);
    runSchema.parse(run);
  });

  it('shows no intervals and ranks nothing in smoke', async () => {
    const plan = fakePlan(fakeArms, profiles.smoke);
    const { run } = await runFake({}, plan);
    const lua = run.arms.find(({ id }) => id === 'headers/lua@1.40.0')!;
    expect(lua.overhead!.totalCpuUs).toMatchObject({ low: null, high: null, restarts: 2 });
    expect(run.comparisons.every(({ distinguishable }) => !distinguishable)).toBe(true);
    expect(run.noiseFloor).toEqual({ inProcess: null, external: null });
  });
});
