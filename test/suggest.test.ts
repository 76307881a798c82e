import { describe, expect, it } from 'vitest';
import { injectedVariants } from '../src/calibration/variants.js';
import { loadClaims, selectClaims } from '../src/claims/load.js';
import { listCommand } from '../src/cli/list.js';
import { chooseEnvironment } from '../src/cli/run/environment.js';
import { selectSubjects } from '../src/compat/subjects.js';
import { resolveEnvoy } from '../src/envoy/binary/index.js';
import { BadInputError } from '../src/errors.js';
import { selectFaults } from '../src/faults/families/index.js';
import { selectVariants } from '../src/mechanisms/index.js';
import { selectProbes } from '../src/probes/list.js';
import { loadScenarios } from '../src/scenarios/load.js';
import { suggest, suggestPart } from '../src/suggest.js';

describe('the nearest word', () => {
  it.each([
    ['lau', ' (did you mean "lua"?)'],
    ['LUA', ' (did you mean "lua"?)'],
    ['dynamicmodule', ' (did you mean "dynamic-module"?)'],
    ['something-else', ''],
  ])('of %s is named where it is near', (word, expected) => {
    expect(suggest(word, ['lua', 'wasm', 'dynamic-module'])).toBe(expected);
  });

  it('is none where nothing is known', () => expect(suggest('lua', [])).toBe(''));

  it('can be a part of a name', () => {
    expect(suggestPart('trpa', ['wasm/c:trap@FAIL_OPEN', 'lua:loop'])).toBe(' (did you mean "trap"?)');
    expect(suggestPart('fail_opne', ['wasm/c:trap@FAIL_OPEN'])).toBe(' (did you mean "FAIL_OPEN"?)');
  });
});

const docker = {
  runtime: 'docker',
  imageTemplate: 'envoyproxy/envoy:v{version}',
  allowUnpinned: false,
} as const;
const signal = new AbortController().signal;
const environmentOf = (envoy: string) => chooseEnvironment({ ...docker, envoy: [envoy] }, signal, () => {});

describe('every place where a name is given names the nearest', () => {
  const claimsOf = async (pattern: string) => selectClaims((await loadClaims()).claims, [pattern]);
  const places: [string, () => unknown, RegExp][] = [
    ['a mechanism', () => selectVariants(['lau']), /"lua"/],
    ['a variant', () => selectVariants(['wasm/rsut']), /"wasm\/rust"/],
    ['a scenario', () => loadScenarios(['haeders']), /"headers"/],
    ['a rung of a series', () => loadScenarios(['redact-16']), /"redact-1/],
    ['a claim', () => claimsOf('perf-lau-over-wasm'), /"perf-lua-over-wasm"/],
    ['claims by a pattern', () => claimsOf('pref-*'), /"perf-\*"/],
    ['a fault', () => selectFaults(['dynamic-modul/']), /"dynamic-module"/],
    ['a probe', () => selectProbes(['ext-porc']), /"ext-proc"/],
    ['what compat tries', () => selectSubjects(['dynamic-moduel']), /"dynamic-module"/],
    ['what calibrate injects into', () => injectedVariants(['ext-poc'], false), /"ext-proc"/],
    ['a version', () => resolveEnvoy('1.39.9'), /did you mean 1\.39\./],
    ['a version that is not exact', () => resolveEnvoy('1.40'), /did you mean 1\.40\.0/],
    ['a version for containers', () => environmentOf('1.40'), /did you mean 1\.40\.0/],
    [
      'a version for list',
      () => listCommand().parseAsync(['--envoy', '1.40'], { from: 'user' }),
      /did you mean 1\.40\.0/,
    ],
  ];

  it.each(places)('%s', async (_, name, expected) => {
    const error = await Promise.resolve()
      .then(name)
      .catch((thrown: Error) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(expected);
  });

  it('but not a path for containers', async () => {
    await expect(environmentOf('./envoy')).rejects.toThrow(BadInputError);
    await expect(environmentOf('./envoy')).rejects.not.toThrow(/did you mean/);
  });
});
