import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_ENVOY_VERSION, resolveEnvoy } from '../../src/envoy/binary/index.js';
import { ExitCode } from '../../src/errors.js';
import { packagePaths } from '../../src/paths.js';
import type { Run } from '../../src/results/schema/index.js';
import { filesOf, withDiff } from '../support/doc-files.js';

const { root } = packagePaths;
const page = readFileSync(join(root, 'docs', 'add-a-mechanism.md'), 'utf8');
const shown = filesOf(page);

// All that the package is compiled and tested from; nothing that is compiled.
const copied = [
  ...[
    'src',
    'bin',
    'scenarios',
    'envoy-configs',
    'test/mechanisms',
    'test/support',
    'test/no-skips-in-ci.ts',
  ],
  ...[
    'package.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'rolldown.config.ts',
    'vitest.config.ts',
    'biome.json',
    'envoy.lock.json',
  ],
];
const linked = ['node_modules', 'filters'];

// Compilers, other tests and whole runs: each may wait for a core.
vi.setConfig({ testTimeout: 300_000 });

let dir: string;
let runs = 0;

beforeAll(async () => {
  await resolveEnvoy(DEFAULT_ENVOY_VERSION);
  dir = mkdtempSync(join(tmpdir(), 'fb-doc-'));
  for (const name of copied) cpSync(join(root, name), join(dir, name), { recursive: true });
  for (const name of linked) symlinkSync(join(root, name), join(dir, name));
  for (const { path, language, text } of shown) {
    const to = join(dir, path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, language === 'diff' ? withDiff(readFileSync(to, 'utf8'), text) : text);
  }
  expect(await tool('tsc', '-p', 'tsconfig.build.json')).toEqual({ code: 0, output: '' });
  const { code, output } = await tool('rolldown', '-c');
  expect(code, output).toBe(0);
}, 300_000);
afterAll(() => rmSync(dir, { recursive: true }));

async function tool(name: string, ...args: string[]): Promise<{ code: number | undefined; output: string }> {
  const bin = join(dir, 'node_modules', '.bin', name);
  const { exitCode, all } = await execa(bin, args, { cwd: dir, all: true, reject: false });
  return { code: exitCode, output: all };
}

async function cli(...args: string[]): Promise<{ code: number | undefined; stdout: string; stderr: string }> {
  const bin = join(dir, 'bin', 'filterbench.js');
  const { exitCode, stdout, stderr } = await execa(process.execPath, [bin, ...args], {
    cwd: dir,
    reject: false,
  });
  return { code: exitCode, stdout, stderr };
}

/** Proves the new arm as it stands in the copy now. */
const prove = () => bench('--prove-only');

async function bench(...how: string[]) {
  runs += 1;
  const { code, stdout, stderr } = await cli(
    ...['bench', ...how, '--mechanisms', 'routes', '--scenarios', 'headers'],
    ...['--runtime', 'native', '--json', '--no-config', '--out', join(dir, `run-${runs}`)],
  );
  expect(stdout, stderr).not.toBe('');
  const { arms } = JSON.parse(stdout) as Run;
  return { code, arm: arms.find(({ variant, twinOf }) => variant === 'routes' && twinOf === null) };
}

it('adds a file, one import and one name in the list, a configuration, and a test', () => {
  expect(shown.map(({ path }) => path)).toEqual([
    'src/mechanisms/routes.ts',
    'src/mechanisms/index.ts',
    'envoy-configs/routes/headers.yaml',
    'test/mechanisms/routes.test.ts',
  ]);
  const [, line] = shown;
  expect(line!.text.match(/^[+-]/gm)).toEqual(['+', '-', '+']);
});

describe('with what the page shows', () => {
  it('types are right', async () => {
    expect(await tool('tsc', '-p', 'tsconfig.json')).toEqual({ code: 0, output: '' });
  });

  it('the linter has nothing to say', async () => {
    const files = shown.map(({ path }) => path).filter((path) => path.endsWith('.ts'));
    const { code, output } = await tool('biome', 'check', '--vcs-enabled=false', ...files);
    expect(code, output).toBe(0);
  });

  it('all tests of mechanisms pass, the new one among them', async () => {
    const { code, output } = await tool(
      'vitest',
      'run',
      'test/mechanisms',
      '--reporter=verbose',
      '--no-color',
    );
    expect(code, output).toBe(0);
    expect(output).toContain('routes set headers; of every other job they say why they cannot');
    expect(output).toContain("'routes' on 'headers': a configuration, or a reason why not");
  });

  it('it is listed, with reasons', async () => {
    const { stdout } = await cli('list', '--json');
    const { mechanisms, support } = JSON.parse(stdout);
    expect(mechanisms.at(-1)).toEqual({ name: 'routes', title: 'Route configuration', variants: ['routes'] });
    const own = support.filter(({ variant }: { variant: string }) => variant === 'routes');
    expect(own.length).toBeGreaterThan(5);
    for (const { scenario, status, reason } of own) {
      expect(status, scenario).toBe(scenario === 'headers' ? 'supported' : 'unsupported');
      if (status === 'unsupported') expect(reason, scenario).not.toBe('');
    }
  });

  it('it is valid under load, where its counter must agree', async () => {
    const { code, arm } = await bench('--profile', 'smoke');
    expect(arm).toMatchObject({ status: 'valid', overhead: { cpuUs: expect.anything() } });
    expect(code).toBe(ExitCode.done);
  });

  it('it is valid; with another value in its configuration it is invalid', async () => {
    expect(await prove()).toMatchObject({
      code: ExitCode.done,
      arm: { status: 'valid', mechanism: 'routes' },
    });

    const config = join(dir, 'envoy-configs/routes/headers.yaml');
    const text = readFileSync(config, 'utf8');
    const wrong = text.replace('x-bench-response, value: filterbench', 'x-bench-response, value: wrong');
    expect(wrong).not.toBe(text);
    writeFileSync(config, wrong);
    expect(await prove()).toMatchObject({
      code: ExitCode.gateFailed,
      arm: { status: 'invalid', reason: expect.stringContaining('x-bench-response') },
    });
    writeFileSync(config, text);
  });
});
