import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Claims, loadClaims, selectClaims } from '../../src/claims/load.js';
import { kindOf, scopeOf } from '../../src/claims/predictions/index.js';
import { BadInputError } from '../../src/errors.js';
import { variants } from '../../src/mechanisms/index.js';
import { packagePaths } from '../../src/paths.js';
import { familyNames } from '../../src/scenarios/load.js';

const ids = {
  performance: [
    ...['perf-cpp-best', 'perf-lua-over-wasm', 'perf-wasm-below-native', 'perf-wasm-copies'],
    ...['perf-dynmod-near-native', 'perf-dynmod-headers-bodies', 'perf-extproc-lowest'],
    ...['perf-extproc-latency', 'perf-extauthz-metadata', 'perf-order'],
  ],
  isolation: ['iso-lua', 'iso-wasm', 'iso-dynmod', 'iso-cpp', 'iso-ext'],
  compatibility: [
    ...['compat-dynmod-locked', 'compat-wasm-stable', 'compat-ext-stable', 'compat-lua'],
    ...['compat-dynmod-experimental', 'compat-cpp-coupled'],
  ],
  capability: [
    ...['cap-extauthz-request-only', 'cap-extproc-body', 'cap-ext-grpc-http', 'cap-lua-inline'],
    ...['cap-wasm-runtimes', 'cap-wasm-languages', 'cap-dynmod-languages', 'cap-dynamic-load'],
  ],
  opinion: ['opinion-wasm-debugging', 'opinion-dynmod-replace-wasm', 'opinion-recommendation'],
};

let loaded: Claims;
let dir: string;

beforeAll(async () => {
  loaded = await loadClaims();
  dir = await mkdtemp(join(tmpdir(), 'filterbench-claims-'));
});
afterAll(() => rm(dir, { recursive: true }));

describe('claims.yaml', () => {
  it('has every claim of the article once, by area', () => {
    for (const [area, expected] of Object.entries(ids)) {
      const own = loaded.claims.filter((claim) => claim.area === area).map(({ id }) => id);
      expect(own).toEqual(expected);
    }
    expect(loaded.claims).toHaveLength(Object.values(ids).flat().length);
  });

  it('names arms and scenarios that there are', async () => {
    const families = await familyNames();
    const known = variants.map(({ id }) => id);
    for (const { area, prediction } of loaded.claims.filter((claim) => claim.area === 'performance')) {
      expect(area).toBe('performance');
      const [need] = kindOf(prediction).needsOf(prediction);
      if (need?.command !== 'bench') throw new Error('performance is measured');
      for (const arm of need.variants) expect(known).toContain(arm);
      for (const scenario of need.scenarios === 'all' ? [] : need.scenarios)
        expect(families).toContain(scenario);
    }
  });

  it('says of each claim how its parts make a whole, and what would change it', () => {
    for (const { prediction, wouldChange, section } of loaded.claims) {
      expect(['every', 'each', 'some']).toContain(scopeOf(prediction));
      expect(wouldChange.length * section.length).toBeGreaterThan(0);
    }
  });
});

async function broken(change: (text: string) => string): Promise<unknown> {
  const text = await readFile(join(packagePaths.scenarios, 'claims.yaml'), 'utf8');
  const path = join(dir, 'claims.yaml');
  await writeFile(path, change(text));
  return loadClaims(path).catch((error) => error);
}

describe('a file of claims that is wrong', () => {
  it.each([
    ['an unknown kind', (text: string) => text.replace('kind: lowest', 'kind: lowset'), /lowest/],
    ['an unknown field', (text: string) => text.replace('arm: cpp', 'arn: cpp'), /arn: unknown field/],
    [
      'two claims of one id',
      (text: string) => text.replace('id: iso-lua', 'id: iso-wasm'),
      /iso-wasm is there already/,
    ],
    ['a margin of nothing', (text: string) => text.replace('withinUs: 2', 'withinUs: 0'), /withinUs/],
    [
      'an expectation without a value',
      (text: string) => text.replace('fact: works, equals: true', 'fact: works'),
      /either equals or oneOf/,
    ],
  ])('names the line and the field of %s', async (_, change, problem) => {
    const error = await broken(change);
    expect(error).toBeInstanceOf(BadInputError);
    expect((error as Error).message).toMatch(problem);
    expect((error as Error).message).toMatch(/claims\.yaml:\d+: claims\.\d+\./);
  });
});

describe('choosing claims', () => {
  const chosen = (...patterns: string[]) => selectClaims(loaded.claims, patterns).map(({ id }) => id);

  it('takes all without a pattern, and those that one of some fits', () => {
    expect(chosen()).toHaveLength(loaded.claims.length);
    expect(chosen('iso-*')).toEqual(ids.isolation);
    expect(chosen('*-lua', 'perf-order')).toEqual(['perf-order', 'iso-lua', 'compat-lua']);
    // A dot is a dot, and the whole id is meant.
    expect(() => chosen('iso.lua')).toThrow(BadInputError);
    expect(() => chosen('iso')).toThrow(BadInputError);
  });

  it('names the nearest where nothing fits', () => {
    expect(() => chosen('perf-*', 'perf-odrer')).toThrow(
      /no claim is called "perf-odrer" \(did you mean "perf-order"\?\)/,
    );
  });
});
