import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { artefactsOf } from '../../src/cli/run/needs.js';
import { BadInputError } from '../../src/errors.js';
import { describeArtefacts } from '../../src/filters/used.js';
import type { OwnServerSpec, Variant } from '../../src/mechanisms/index.js';
import { readOwnVariants } from '../../src/mechanisms/own/index.js';
import type { Inside } from '../../src/runtime/types.js';
import { loadScenarios, type Scenario } from '../../src/scenarios/load.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-own-'));
  writeFileSync(join(dir, 'my.wasm'), 'module');
  mkdirSync(join(dir, 'bin'));
  writeFileSync(join(dir, 'bin', 'my-server'), '#!/bin/sh\n', { mode: 0o755 });
});
afterEach(() => rmSync(dir, { recursive: true }));

const full = `name: mine
mechanism: ext-proc
scenarios: [headers, model-routing]
reads: { module: ./my.wasm }
env: { MY_FLAG: "at \${module}" }
config:
  http_filters: [{ name: x, job: "\${job}", link: "\${link}", module: "\${module}", dir: "\${module.dir}" }]
  clusters: [{ name: y, address: "\${server}" }]
process:
  program: ./bin/my-server
  args: ["--listen", "\${listen}", "--job=\${job}", "\${module}"]
`;
const plain = full.slice(0, full.indexOf('process:')).replace(/\n {2}clusters:.*/, '');

const [headers, noop] = (await loadScenarios(['headers', 'noop'])) as [Scenario, Scenario];
const inside: Inside = {
  path: (hostPath) => `/inside${hostPath}`,
  file: (name) => `/private/${name}`,
  bind: () => ({ host: '127.0.0.1', port: 1 }),
  socket: (name) => `/private/${name}.sock`,
};
const job = { scenario: headers, envoyVersion: '1.40.0' };

async function read(text: string, name = 'my-filter.yaml'): Promise<Variant> {
  writeFileSync(join(dir, name), text);
  const [variant] = await readOwnVariants([join(dir, name)]);
  return variant!;
}

async function refusal(text: string): Promise<string> {
  const error = await read(text).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(BadInputError);
  return (error as BadInputError).message.replaceAll(dir, 'DIR');
}

describe('a filter of one’s own', () => {
  it('is external with a process, else in-process, and has its mechanism’s name', async () => {
    expect(await read(full)).toMatchObject({ id: 'own/mine', mechanism: 'ext-proc', class: 'external' });
    expect(await read(plain)).toMatchObject({ id: 'own/mine', class: 'in-process', server: null });
  });

  it('does the scenarios that it names, and no others', async () => {
    const variant = await read(full);
    expect(variant.support(job)).toEqual({ status: 'supported' });
    expect(variant.support({ ...job, scenario: noop })).toEqual({
      status: 'unsupported',
      reason: 'my-filter.yaml does not name it',
    });
  });

  it('finds its files beside the YAML file, and names them as they are seen inside', async () => {
    const variant = await read(full);
    const module = join(dir, 'my.wasm');
    expect(variant.artefacts(job)).toEqual([module]);
    expect(variant.variables(job, inside)).toEqual({
      runtime_flags: {},
      module: `/inside${module}`,
      'module.dir': `/inside${dir}`,
    });
    expect(variant.env(job, inside)).toEqual({ MY_FLAG: `at /inside${module}` });
    const server = variant.server as OwnServerSpec;
    expect(server).toMatchObject({ program: join(dir, 'bin', 'my-server'), reads: [module] });
    expect(server.args(inside, { listen: '127.0.0.1:7', job: '/private/job.json' })).toEqual([
      '--listen',
      '127.0.0.1:7',
      '--job=/private/job.json',
      `/inside${module}`,
    ]);
  });

  it('is called on direct responses by an Envoy that needs a flag for it', async () => {
    const { runtime_flags } = (await read(full)).variables({ ...job, envoyVersion: '1.36.4' }, inside);
    expect(Object.keys(runtime_flags as object)).toHaveLength(1);
  });

  it('may fail as little as ours, whatever it counts', async () => {
    const lua = await read(plain.replace('ext-proc', 'lua'));
    expect(lua.counters(job)).toEqual([{ staysZero: ['http.bench.lua.errors'] }]);
  });

  it('is told apart by the hashes of all that it is made of', async () => {
    const variant = await read(full);
    const used = await describeArtefacts(
      artefactsOf({ scenarios: [headers], variants: [variant] }, '1.40.0'),
    );
    for (const file of ['my-filter.yaml', 'my.wasm', 'bin/my-server']) {
      expect(used).toContainEqual({
        path: join(dir, file),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        shipped: false,
      });
    }
  });
});

describe('a mistake is told with file, line and field', () => {
  it.each([
    ['an unknown field', 'mechanism:', 'colour: red\nmechanism:', 2, 'colour: unknown field'],
    ['a name', 'name: mine', 'name: My Filter', 1, 'name: lower-case letters'],
    ['a mechanism', 'ext-proc', 'ext_proc', 2, 'mechanism: '],
    [
      'a scenario',
      'headers,',
      'header,',
      3,
      'scenarios.0: unknown scenario "header" (did you mean "headers"?)',
    ],
    ['no scenario', '[headers, model-routing]', '[]', 3, 'scenarios: '],
    ['a missing file', './my.wasm', './none.wasm', 4, 'reads.module: DIR/none.wasm is not there'],
    ['a folder for a file', './my.wasm', './bin', 4, 'reads.module: DIR/bin is not there, or is no file'],
    [
      'a name that is taken',
      'reads: { module',
      'reads: { admin',
      4,
      'reads.admin: the name "admin" is taken',
    ],
    ['a name with a dot', 'reads: { module', 'reads: { m.d', 4, 'reads.m.d: a name begins with a letter'],
    ['an environment', 'MY_FLAG', 'MY-FLAG', 5, 'env.MY-FLAG: is no name'],
    ['our environment', 'MY_FLAG', 'FILTERBENCH_X', 5, 'env.FILTERBENCH_X: is set by filterbench'],
    ['no config', 'http_filters', 'filters', 7, 'config.http_filters: '],
    [
      'a name in config',
      '${link}',
      '${lnik}',
      7,
      'config.http_filters.0.link: nothing is known under "lnik"',
    ],
    ['a name in env', 'at ${module}', 'at ${job}', 5, 'env.MY_FLAG: nothing is known under "job"'],
    ['a name in args', '${listen}', '${server}', 11, 'process.args.1: nothing is known under "server"'],
    ['a missing program', 'my-server', 'none', 10, 'process.program: DIR/bin/none is not there'],
  ])('%s', async (_what, from, to, line, message) => {
    const text = full.replace(from, to);
    expect(text).not.toBe(full);
    expect(await refusal(text)).toContain(`DIR/my-filter.yaml:${line}: ${message}`);
  });

  it('the address of a process that there is not', async () => {
    const text = plain.replace('${link}', '${server}');
    expect(await refusal(text)).toContain(
      'nothing is known under "server" here, as there is no process; known: job, link, module, module.dir',
    );
  });

  it('a program that may not be executed', async () => {
    chmodSync(join(dir, 'bin', 'my-server'), 0o644);
    expect(await refusal(full)).toContain('process.program: DIR/bin/my-server may not be executed');
  });

  it('two of one name', async () => {
    await read(full, 'a.yaml');
    await read(full, 'b.yaml');
    const both = readOwnVariants([join(dir, 'a.yaml'), join(dir, 'b.yaml')]);
    await expect(both).rejects.toThrow('b.yaml have one name: own/mine');
  });

  it('a file that is not there', async () => {
    await expect(readOwnVariants([join(dir, 'none.yaml')])).rejects.toThrow('none.yaml cannot be read');
  });
});
