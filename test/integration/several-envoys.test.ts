import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { resolveEnvoy } from '../../src/envoy/binary/index.js';
import { ExitCode } from '../../src/errors.js';
import { readRun } from '../../src/results/store/index.js';
import { openPlace, type Place } from './cli-place.js';

const versions = ['1.36.4', '1.40.0'];
let place: Place;

beforeAll(async () => {
  for (const version of versions) await resolveEnvoy(version);
}, 300_000);
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place[Symbol.asyncDispose]());

const bench = ['bench', '--runtime', 'native', '--profile', 'smoke', '--budget', '1s', '--seed', '3'];

it('several Envoys are measured in one schedule, each with the module of its ABI', async () => {
  const dir = join(place.dir, 'run');
  const what = ['--scenarios', 'noop', '--mechanisms', 'lua,dynamic-module/rust', '--out', dir];
  const { code, stdout, stderr } = await place.run([...bench, '--envoy', versions.join(','), ...what]);
  expect(code, stderr).toBe(ExitCode.done);
  expect(stdout).toMatch(/^variant +1\.36\.4 +1\.40\.0 +1\.40\.0 − 1\.36\.4$/m);
  expect(stderr).toContain('noop on 1.36.4, restart 1 of 2');
  const { run, samples } = await readRun(dir);
  expect(run.envoys.map(({ version }) => version)).toEqual(versions);
  for (const version of versions) {
    const own = run.arms.filter(({ envoy }) => envoy === version);
    expect(own.map(({ variant, status }) => `${variant} ${status}`)).toEqual([
      'baseline valid',
      'baseline valid',
      'lua valid',
      'lua/file valid',
      'dynamic-module/rust valid',
      'lua valid',
    ]);
    expect(samples.filter(({ arm }) => arm.includes(`@${version}`)).length).toBeGreaterThan(10);
  }
  const modules = run.artefacts.filter(({ path }) => path.endsWith('.so')).map(({ path }) => path);
  expect(modules).toEqual([expect.stringContaining('/1.36/'), expect.stringContaining('/v0.2/')]);
  expect(run.conduct?.restarts?.map(({ setting, restarts }) => `${setting} ${restarts}`)).toEqual([
    '1.36.4 2',
    '1.40.0 2',
  ]);
  expect(run.versionChanges?.map(({ variant, changed }) => `${variant} ${changed}`)).toEqual([
    'lua false',
    'lua/file false',
    'dynamic-module/rust false',
  ]);
  expect(existsSync(join(dir, 'charts', 'noop-versions.svg'))).toBe(true);
  expect(readFileSync(join(dir, 'report.md'), 'utf8')).toContain('| Variant | 1.36.4 | 1.40.0 |');
  expect(place.processes()).toEqual([]);
}, 120_000);

it('the same version twice is refused: arms are told apart by it', async () => {
  const { code, stderr } = await place.run([...bench, '--envoy', '1.40.0,v1.40.0']);
  expect(code).toBe(ExitCode.badInput);
  expect(stderr).toMatch(/error: --envoy names two Envoys of version 1\.40\.0/);
});

it('a command that measures one Envoy takes no list', async () => {
  const { code, stderr } = await place.run(['calibrate', '--envoy', versions.join(',')]);
  expect(code).toBe(ExitCode.badInput);
  expect(stderr).toContain('one version or path is needed');
});
