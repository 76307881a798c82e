import { describe, expect, it } from 'vitest';
import { BadInputError } from '../../../src/errors.js';
import { compareRuns } from '../../../src/results/compare/index.js';
import type { Fingerprint, RegressionLimit, Run } from '../../../src/results/schema/index.js';
import { noisyRun } from './made-runs.js';
import { a, armOf, at, b, compared, dearer, few, withArm } from './three-runs.js';

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
