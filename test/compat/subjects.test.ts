import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInSubjects, onTheCommonRoute } from '../../src/compat/built-ins.js';
import { selectSubjects } from '../../src/compat/subjects.js';
import { readFragment } from '../../src/envoy/config.js';
import { BadInputError } from '../../src/errors.js';
import { cpp } from '../../src/mechanisms/cpp.js';
import { prebuilt } from '../../src/mechanisms/prebuilt.js';
import { packagePaths } from '../../src/paths.js';
import { loadScenarios } from '../../src/scenarios/load.js';

const { baseline, tried } = await selectSubjects([]);
const inside = {
  path: (path: string) => path,
  file: (name: string) => name,
  bind: () => ({ host: '127.0.0.1', port: 1 }),
  socket: (name: string) => name,
};

it('every build of a dynamic module that is shipped is tried', () => {
  const platform = join(prebuilt.dir, prebuilt.platform);
  const shipped = readdirSync(platform)
    .filter((name) => name.startsWith('dynamic-module'))
    .flatMap((folder) => readdirSync(join(platform, folder)).map((abi) => join(platform, folder, abi)));
  const files = tried
    .filter(({ mechanism }) => mechanism === 'dynamic-module')
    .flatMap((subject) => subject.files);
  expect(files.sort()).toEqual(shipped.map((folder) => join(folder, 'libfilterbench.so')).sort());
});

it('a build is loaded whatever the version of Envoy', async () => {
  const [scenario] = await loadScenarios(['headers']);
  for (const { variant, files } of tried.filter(({ mechanism }) => mechanism === 'dynamic-module')) {
    for (const envoyVersion of ['1.36.4', '1.40.0', '9.9.9']) {
      const job = { scenario: scenario!, envoyVersion };
      expect(variant!.artefacts(job)).toEqual(files);
      const folder = variant!.env(job, inside).ENVOY_DYNAMIC_MODULES_SEARCH_PATH;
      expect(join(folder!, 'libfilterbench.so')).toBe(files[0]);
    }
  }
});

it('every .wasm that is shipped is tried, the Lua script, and the server in each of its protocols', () => {
  const modules = readdirSync(join(prebuilt.dir, 'wasm')).map((name) => join(prebuilt.dir, 'wasm', name));
  expect(
    tried
      .filter(({ mechanism }) => mechanism === 'wasm')
      .flatMap(({ files }) => files)
      .sort(),
  ).toEqual(modules.sort());
  const others = tried.filter(({ mechanism }) => ['lua', 'ext-proc', 'ext-authz'].includes(mechanism));
  expect(others.map(({ id, files }) => [id, files])).toEqual([
    ['lua', []],
    ['ext-proc/rust', [prebuilt.extServer]],
    ['ext-authz/rust-grpc', [prebuilt.extServer]],
    ['ext-authz/rust-http', [prebuilt.extServer]],
  ]);
});

it('ids are unlike, and none goes without a scenario', () => {
  const ids = [baseline, ...tried].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, scenarios } of [baseline, ...tried]) expect(scenarios.length, id).toBeGreaterThan(0);
});

it('every built-in that an arm is made of is tried', async () => {
  const jobs = readdirSync(join(packagePaths.envoyConfigs, 'cpp')).map((file) => basename(file, '.yaml'));
  const fragments = await Promise.all([
    ...jobs.map((job) => readFragment('cpp', job)),
    readFragment('buffer', 'any'),
  ]);
  const names = new Set(
    fragments.flatMap(({ http_filters: filters }) =>
      filters.map((filter) => (filter as { name: string }).name),
    ),
  );
  const subjects = await builtInSubjects();
  expect(subjects.map(({ name }) => `envoy.filters.http.${name}`).sort()).toEqual([...names].sort());
  const declared = cpp.variants.flatMap(({ extensions }) => extensions);
  for (const { name, variant } of subjects.filter(({ mechanism }) => mechanism === 'cpp'))
    for (const extension of variant!.extensions) expect(declared, name!).toContain(extension);
});

describe('words', () => {
  it('choose what has one of them in its name', async () => {
    const ids = async (...words: string[]) => (await selectSubjects(words)).tried.map(({ id }) => id);
    expect(await ids('transform')).toEqual(['built-in/transform']);
    expect(await ids('dynamic-module/c', 'lua')).toEqual([
      ...['1.36', '1.37', 'v0.1', 'v0.2'].map((abi) => `dynamic-module/c-${abi}`),
      'lua',
    ]);
  });

  it('that name nothing are refused, with what there is', async () => {
    const refused = selectSubjects(['lua', 'lau']);
    await expect(refused).rejects.toThrow(BadInputError);
    await expect(refused).rejects.toMatchObject({ next: expect.stringContaining('built-in/transform') });
  });
});

it('a filter by itself is tried with cases of the common route alone', async () => {
  const [scenario] = await loadScenarios(['model-routing-1k']);
  const { cases } = onTheCommonRoute(scenario!);
  const left = scenario!.cases.filter((item) => !cases.includes(item));
  expect(cases.length).toBeGreaterThan(5);
  for (const {
    name,
    request,
    expect: { upstream },
  } of cases) {
    expect(upstream!.headers['x-bench-route'], name).toBeNull();
    expect(request.headers['x-model'], name).toBeUndefined();
  }
  for (const {
    name,
    request,
    expect: { upstream },
  } of left)
    expect([upstream!.headers['x-model'], request.headers['x-model']], name).toContain('gpt-large');
});
