import { beforeAll, describe, expect, it } from 'vitest';
import { BadInputError } from '../../../src/errors.js';
import { compareRuns } from '../../../src/results/compare/index.js';
import type { Fingerprint, RegressionLimit, Run } from '../../../src/results/schema/index.js';
import { noisyRun } from './made-runs.js';

let a: Run;
let b: Run;
let dearer: Run;
const few = { variants: ['lua', 'ext-proc/rust-uds'], twins: ['lua', 'ext-proc/rust-uds'] };

beforeAll(async () => {
  a = (await noisyRun(1, few)).run;
  b = (await noisyRun(2, few)).run;
  dearer = (await noisyRun(3, { ...few, moreUs: { lua: 5 } })).run;
});

const at = (runs: readonly Run[]) => runs.map((run) => ({ dir: run.id, run }));
const plain = { force: false, failOn: null };
const compared = (...runs: Run[]) => compareRuns(at(runs), plain);
const armOf = (run: Run, variant: string) =>
  run.arms.find((arm) => arm.variant === variant && arm.twinOf === null)!;

/** The run with one number of an arm set. */
function withArm(run: Run, variant: string, change: (arm: Run['arms'][number]) => Run['arms'][number]): Run {
  return { ...run, arms: run.arms.map((arm) => (arm.variant === variant ? change(arm) : arm)) };
}

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

describe('arms', () => {
  it('of runs with one Envoy each match whatever its version is', async () => {
    const newer = (await noisyRun(5, { ...few, envoy: '1.41.0' })).run;
    const { arms } = compared(a, newer).others[0]!;
    expect(arms.map(({ variant, envoy }) => [variant, envoy])).toEqual(
      few.variants.map((variant) => [variant, { from: '1.40.0', to: '1.41.0' }]),
    );
  });

  it('without numbers in one run are told of, with the reason', () => {
    const broken = withArm(b, 'lua', (arm) => ({
      ...arm,
      status: 'invalid',
      reason: 'a proof failed',
      cpu: null,
      overhead: null,
    }));
    const { arms, unmatched } = compared(a, broken).others[0]!;
    expect(arms.map(({ variant }) => variant)).toEqual(['ext-proc/rust-uds']);
    expect(unmatched).toMatchObject([
      { variant: 'lua', from: 'valid', to: 'invalid', reason: 'a proof failed' },
    ]);
    const without = { ...b, arms: b.arms.filter(({ variant }) => variant !== 'lua') };
    expect(compared(without, a).others[0]!.unmatched).toMatchObject([{ from: null, to: 'valid' }]);
  });

  it('that no two runs share are refused', () => {
    const other = { ...b, arms: b.arms.map((arm) => ({ ...arm, scenario: 'access' })) };
    expect(() => compared(a, other)).toThrow(/no arm in common/);
  });
});

describe('unlike runs', () => {
  const on = (about: Partial<Fingerprint>): Run => ({ ...b, fingerprint: { ...b.fingerprint, ...about } });
  const planned = (about: Partial<Run['plan']>): Run => ({ ...b, plan: { ...b.plan, ...about } });
  const placed = () => on({ placement: { ...b.fingerprint.placement, serverSharesEnvoy: false } });

  it.each<[string, () => Run]>([
    ['CPU', () => on({ cpu: 'another' })],
    ['cores', () => on({ cores: 8 })],
    ['architecture', () => on({ arch: 'arm64' })],
    ['kernel series', () => on({ kernel: '6.12.1' })],
    ['system', () => on({ os: 'another' })],
    ['Node', () => on({ node: 'v22.1.0' })],
    ['CPU governor', () => on({ governor: 'powersave' })],
    ['virtualisation', () => on({ virtualised: 'kvm' })],
    ['CPU limit in cores', () => on({ cgroupCpuLimit: 1.5 })],
    ['placement', placed],
    ['load client', () => on({ tools: { client: 'autocannon' } })],
    ['profile', () => ({ ...b, profile: 'full' })],
    ['slice in ms', () => planned({ sliceMs: 60 })],
    ['connections', () => planned({ connections: 8 })],
    ['rates of the open loop', () => planned({ rates: [1_000] })],
  ])('are refused: %s', (what, other) => {
    const refusal = () => compared(a, other());
    expect(refusal).toThrow(BadInputError);
    expect(refusal).toThrow(new RegExp(`^unlike runs[^]*^  ${what}: A has .*; B has `, 'm'));
    const forced = compareRuns(at([a, other()]), { force: true, failOn: null });
    expect(forced.forced).toBe(true);
    expect(forced.others[0]!.unlike.map((each) => each.what)).toEqual([what]);
  });

  it('differ by patches, memory and rounds, and are compared', () => {
    const system = { kernel: '6.1.0-18-amd64', os: 'Ubuntu 24.04.2 LTS', node: 'v20.19.0' };
    const patched = { kernel: '6.1.0-20-amd64', os: 'Ubuntu 24.04.3 LTS', node: 'v20.20.1', memoryMiB: 9 };
    const from = { ...a, fingerprint: { ...a.fingerprint, ...system } };
    const to = { ...on(patched), plan: { ...b.plan, rounds: 5 } };
    const { forced, others } = compared(from, to);
    expect(forced).toBe(false);
    expect(others[0]!.unlike).toEqual([]);
    expect(others[0]!.notes.map(({ what }) => what)).toEqual([
      'kernel',
      'system',
      'Node',
      'memory in MiB',
      'rounds',
    ]);
  });

  it('name what was changed: Envoy and files of filters', () => {
    const file = (sha256: string) => [{ path: 'wasm/headers.wasm', sha256, shipped: true }];
    const envoys = [{ ...b.envoys[0]!, sha256: 'ff'.repeat(32) }];
    const to = { ...b, envoys, artefacts: file('cd'.repeat(32)) };
    expect(compared({ ...a, artefacts: file('ab'.repeat(32)) }, to).others[0]!.changed).toEqual([
      { what: 'Envoy', from: '1.40.0 (0)', to: '1.40.0 (ffffffffffff)' },
      { what: 'wasm/headers.wasm', from: 'abababababab', to: 'cdcdcdcdcdcd' },
    ]);
  });

  it('are never one and the same, and never alone', () => {
    expect(() => compared(a, a)).toThrow(/A and B are the same run/);
    expect(() => compared(a, b, b)).toThrow(/B and C are the same run/);
    expect(() => compared(a)).toThrow(BadInputError);
  });
});

describe('--fail-on', () => {
  const gated = (failOn: RegressionLimit, ...runs: Run[]) =>
    compareRuns(at(runs), { force: false, failOn }).gate!;

  it('fails for a called regression beyond the limit, in µs or of what the arm cost', () => {
    for (const limit of [{ us: 2 }, { us: 0 }, { share: 0.05 }]) {
      const gate = gated(limit, a, dearer);
      expect(gate).toMatchObject({ passed: false, unjudged: 0, failures: [{ run: 'B', variant: 'lua' }] });
      expect(gate.failures[0]!.byUs).toBeGreaterThan(3);
      expect(gate.failures[0]!.share).toBeCloseTo(
        gate.failures[0]!.byUs! / armOf(a, 'lua').cpu!.totalUs.estimate,
        9,
      );
    }
  });

  it('passes below the limit, for what got cheaper, and for what is not called', () => {
    for (const limit of [{ us: 9 }, { share: 0.3 }])
      expect(gated(limit, a, dearer)).toMatchObject({ passed: true, failures: [] });
    expect(gated({ us: 0 }, dearer, b).passed).toBe(true);
    expect(gated({ us: 0 }, a, b).passed).toBe(true);
  });

  it('fails for an arm that was valid and is invalid now', () => {
    const broken = withArm(b, 'lua', (arm) => ({
      ...arm,
      status: 'invalid',
      reason: 'x',
      cpu: null,
      overhead: null,
    }));
    const { passed, failures } = gated({ us: 2 }, a, broken);
    expect(passed).toBe(false);
    expect(failures).toMatchObject([{ variant: 'lua', byUs: null, share: null }]);
  });

  it('is refused where it could never fail, and counts what it cannot judge', () => {
    const blind = { ...b, noiseFloor: { inProcess: null, external: null } };
    expect(() => gated({ us: 2 }, a, blind)).toThrow(/--fail-on can judge nothing in B: no A\/A pair/);
    const half = { ...b, noiseFloor: { ...b.noiseFloor, external: null } };
    expect(gated({ us: 2 }, a, half)).toMatchObject({ passed: true, unjudged: 1 });
    const smoke = { ...b, plan: { ...b.plan, intervals: false } };
    expect(() => gated({ us: 2 }, a, smoke)).toThrow(/fewer than 12 restarts/);
  });
});
