import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src/results/schema/index.js';
import { noisyRun } from './made-runs.js';
import { a, armOf, b, compared, dearer, few, withArm } from './three-runs.js';

/** The run on a machine that makes all of it dearer by a factor: exactly, without noise of its own. */
function slower(run: Run, factor: number): Run {
  const scaled = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value)) return value.map((each) => scaled(each, key));
    if (typeof value === 'number') {
      return ['estimate', 'low', 'high', 'median', 'perRestart'].includes(key) ? value * factor : value;
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        name === 'throughputRatio' ? inner : scaled(inner, name),
      ]),
    );
  };
  return { ...run, id: `${run.id}-slower`, arms: scaled(run.arms) as Run['arms'] };
}

describe('the change of an arm', () => {
  it('is that of its overhead, its throughput as a quotient, with the restarts and the load behind it', () => {
    const [{ arms }] = compared(a, dearer).others as [ReturnType<typeof compared>['others'][number]];
    const lua = arms.find(({ variant }) => variant === 'lua')!;
    const overheads = [a, dearer].map((run) => armOf(run, 'lua').overhead!);
    expect(lua.totalCpuUs.change).toBeCloseTo(
      overheads[1]!.totalCpuUs.estimate - overheads[0]!.totalCpuUs.estimate,
      9,
    );
    expect(lua.throughputRatio.change).toBeCloseTo(
      overheads[1]!.throughputRatio.estimate / overheads[0]!.throughputRatio.estimate,
      9,
    );
    expect(lua.totalCpuUs).toMatchObject({
      called: true,
      uncalled: null,
      restarts: { from: 12, to: 12 },
      load: { loop: 'closed', connections: 16 },
    });
    expect(lua.totalCpuUs.low!).toBeLessThan(5);
    expect(lua.totalCpuUs.high!).toBeGreaterThan(5);
    expect(lua.ownUs).toBe(armOf(a, 'lua').cpu!.totalUs.estimate);
    expect(lua.p50Us).not.toBeNull();
  });

  it('is called in that arm alone, in nothing between equal runs, and the other way round as cheaper', () => {
    const calls = (...runs: Run[]) =>
      compared(...runs).others.map(({ arms }) =>
        arms
          .filter(({ totalCpuUs }) => totalCpuUs.called)
          .map(({ variant, totalCpuUs }) => [variant, Math.sign(totalCpuUs.change)]),
      );
    expect(calls(a, b)).toEqual([[]]);
    expect(calls(a, dearer)).toEqual([[['lua', 1]]]);
    expect(calls(dearer, b)).toEqual([[['lua', -1]]]);
    expect(calls(a, b, dearer)).toEqual([[], [['lua', 1]]]);
  });

  it('is judged with all others that are read with it', () => {
    const [two, three] = [compared(a, b), compared(a, b, dearer)];
    expect(two.tests).toBe(6);
    expect(three.tests).toBe(12);
    expect(three.others.map(({ run }) => run)).toEqual(['B', 'C']);
    const pOf = ({ others }: typeof two) => others[0]!.arms[0]!.totalCpuUs.pAdjusted!;
    expect(pOf(three)).toBeGreaterThanOrEqual(pOf(two));
  });

  it('is not called within the noise floor of either run, however sure it is', () => {
    const noisy = (run: Run): Run => ({
      ...run,
      noiseFloor: { ...run.noiseFloor, inProcess: { ...run.noiseFloor.inProcess!, cpuUs: 9 } },
    });
    for (const runs of [
      [noisy(a), dearer],
      [a, noisy(dearer)],
    ] as const) {
      const lua = compared(...runs).others[0]!.arms.find(({ variant }) => variant === 'lua')!;
      expect(lua.totalCpuUs).toMatchObject({ called: false, uncalled: 'within-noise', floor: 9 });
      expect(lua.totalCpuUs.pAdjusted).toBeLessThan(0.001);
    }
  });

  it('is held against the floor of its own rung', () => {
    const rung = { scenario: 'headers', external: null, inProcess: { ...a.noiseFloor.inProcess!, cpuUs: 7 } };
    const { arms } = compared({ ...a, rungNoiseFloors: [rung] }, dearer).others[0]!;
    expect(arms.map(({ totalCpuUs }) => totalCpuUs.uncalled)).toEqual(['within-noise', 'no-floor']);
  });

  it('is not called where a slower machine makes all of it dearer', () => {
    const { arms, baselines } = compared(a, slower(b, 1.1)).others[0]!;
    const proc = arms.find(({ variant }) => variant === 'ext-proc/rust-uds')!;
    expect(proc.totalCpuUs.change).toBeGreaterThan(4);
    expect(proc.totalCpuUs).toMatchObject({ called: false, uncalled: 'within-drift' });
    expect(Math.abs(proc.totalCpuUs.atEqualSpeedUs!)).toBeLessThan(3);
    expect(baselines[0]!.toUs / baselines[0]!.fromUs).toBeGreaterThan(1.05);
  });

  it('is not called below a twentieth, also where a faster machine hid more of it', () => {
    const costing = (run: Run, us: number): Run =>
      withArm(run, 'lua', (arm) => {
        const { totalCpuUs } = arm.overhead!;
        const perRestart = totalCpuUs.perRestart.map((_, restart) => us + (restart % 2) / 100);
        return {
          ...arm,
          overhead: { ...arm.overhead!, totalCpuUs: { ...totalCpuUs, estimate: us, perRestart } },
        };
      });
    const changeTo = (us: number) =>
      compared(costing(a, 100), costing(slower(b, 0.9), us)).others[0]!.arms.find(
        ({ variant }) => variant === 'lua',
      )!.totalCpuUs;
    expect(changeTo(105)).toMatchObject({ called: false, uncalled: 'within-drift' });
    expect(changeTo(105).atEqualSpeedUs).toBeGreaterThan(10);
    expect(changeTo(107)).toMatchObject({ called: true });
  });

  it('is not tested with fewer than 12 restarts', async () => {
    const short = (await noisyRun(4, { ...few, restarts: 11, moreUs: { lua: 5 } })).run;
    const { tests, others } = compared(a, short);
    expect(tests).toBe(0);
    for (const { totalCpuUs } of others[0]!.arms) {
      expect(totalCpuUs).toMatchObject({ called: false, uncalled: 'few-restarts', pAdjusted: null });
      expect(totalCpuUs.low).not.toBeNull();
    }
  });

  it('of throughput is not called where the generator set the pace', () => {
    const limited = withArm(dearer, 'lua', (arm) => ({
      ...arm,
      capacity: { ...arm.capacity!, generatorLimitedSlices: arm.capacity!.slices },
    }));
    const lua = compared(a, limited).others[0]!.arms[0]!;
    expect(lua.throughputRatio.uncalled).toBe('generator-limited');
    expect(lua.totalCpuUs.called).toBe(true);
  });
});
