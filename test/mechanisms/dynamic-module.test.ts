import { describe, expect, it } from 'vitest';
import { abiOf, buildFor, dynamicModule, isUntried } from '../../src/mechanisms/dynamic-module.js';
import { loadScenarios } from '../../src/scenarios/load.js';

const jobFor = async (envoyVersion: string) => ({
  scenario: (await loadScenarios(['noop']))[0]!,
  envoyVersion,
});

describe('the ABI generation of an Envoy version', () => {
  it.each([
    ['1.36.4', '1.36'],
    ['1.37.0', '1.37'],
    ['1.38.0', 'v0.1'],
    ['1.38.2', 'v0.1'],
    ['1.38.3', 'v0.1'],
    ['1.39.0', 'v0.1'],
    ['1.39.3', 'v0.1'],
    ['1.40.0', 'v0.2'],
    ['1.40.1', 'v0.2'],
  ])('of %s is %s', (version, abi) => {
    expect(abiOf(version)).toBe(abi);
  });

  // 1.36 changed its ABI inside the patch line, and 1.37.0 demands an exact hash.
  it.each([
    '1.35.0',
    '1.36.0',
    '1.36.2',
    '1.36.2.post1',
    '1.36.3',
    '1.36.5',
    '1.37.1',
    '1.41.0',
    '2.0.0',
    '1.4.0',
  ])('of %s is not known', (version) => {
    expect(abiOf(version)).toBeNull();
  });
});

it.each(['1.41.0', '1.41.0-dev', '1.41.2', '2.0.0'])(
  'an Envoy newer than all builds, such as %s, gets the newest',
  (version) => {
    expect(buildFor(version)).toBe('v0.2');
    expect(isUntried(version)).toBe(true);
  },
);

it.each(['1.36.3', '1.37.1', '1.4.0'])(
  'an old Envoy that demands its own, such as %s, gets none',
  (version) => {
    expect(buildFor(version)).toBeNull();
    expect(isUntried(version)).toBe(false);
  },
);

describe('the dynamic module', () => {
  const [variant] = dynamicModule.variants;

  it('has a build of its own for each generation', async () => {
    const paths = await Promise.all(
      ['1.36.4', '1.37.0', '1.39.3', '1.40.0'].map(async (version) =>
        variant!.artefacts(await jobFor(version)),
      ),
    );
    expect(new Set(paths.flat()).size).toBe(4);
    for (const [path] of paths) expect(path).toMatch(/libfilterbench\.so$/);
    expect(variant!.artefacts(await jobFor('1.38.2'))).toEqual(variant!.artefacts(await jobFor('1.39.3')));
  });

  it('is unavailable, with the reason, for a version that no build fits', async () => {
    expect(variant!.support(await jobFor('1.40.0'))).toEqual({ status: 'supported' });
    const refusal = variant!.support(await jobFor('1.37.1'));
    expect(refusal.status).toBe('unavailable');
    expect(refusal).toMatchObject({ reason: expect.stringContaining('Envoy 1.37.1') });
    expect(refusal).toMatchObject({ reason: expect.stringContaining('v0.2 (from 1.40.0)') });
  });
});

describe('the dynamic module in Go', () => {
  const variant = dynamicModule.variants.find(({ id }) => id === 'dynamic-module/go')!;

  it('is unavailable where its SDK has no version for the ABI', async () => {
    expect(variant.support(await jobFor('1.36.4'))).toEqual({
      status: 'unavailable',
      reason: expect.stringContaining('1.37.0'),
    });
  });

  it('has one build for 1.38 to 1.40, which 1.40 takes with a warning', async () => {
    const builds = await Promise.all(
      ['1.37.0', '1.38.2', '1.39.3', '1.40.0'].map(async (version) => {
        expect(variant.support(await jobFor(version))).toEqual({ status: 'supported' });
        return variant.artefacts(await jobFor(version))[0]!;
      }),
    );
    expect(new Set(builds.slice(1)).size).toBe(1);
    expect(new Set(builds).size).toBe(2);
  });
});
