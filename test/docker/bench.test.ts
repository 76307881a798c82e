import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ExitCode } from '../../src/errors.js';
import { mechanisms } from '../../src/mechanisms/index.js';
import { readRun } from '../../src/results/store/index.js';
import { type CliRun, openPlace, type Place } from '../integration/cli-place.js';
import { containersWith, docker, imageTemplate, requireDocker } from './fixture.js';

beforeAll(requireDocker);

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place[Symbol.asyncDispose]());

const inContainers = [
  'bench',
  '--runtime',
  'docker',
  '--image-template',
  imageTemplate,
  '--profile',
  'smoke',
];
/** All of ours, of whatever run: test files run one after another. */
const ours = () => containersWith('filterbench.owner');

it('all six mechanisms are valid in containers, and none is left', async () => {
  const out = join(place.dir, 'run');
  const { code, stderr } = await place.run([...inContainers, '--budget', '1s', '--out', out]);
  expect(code, stderr).toBe(ExitCode.done);
  const { run, samples } = await readRun(out);
  const known = run.arms.filter(({ status }) => status === 'unavailable' || status === 'unsupported');
  expect(run.arms.filter((arm) => !known.includes(arm)).map(({ status }) => status)).not.toContain('invalid');
  const valid = run.arms.filter(({ status, runtime }) => status === 'valid' && runtime === 'docker');
  expect(new Set(valid.map(({ mechanism }) => mechanism))).toEqual(
    new Set(['baseline', ...mechanisms.map(({ name }) => name)]),
  );
  expect(run.envoys).toMatchObject([{ version: '1.40.0', runtime: 'docker' }]);
  expect(samples.every(({ bad, cpuSource }) => bad === 0 && cpuSource === undefined)).toBe(true);
  expect(ours()).toEqual([]);
}, 600_000);

/** Starts a run and waits until its first load has been driven. */
async function underLoad(name: string): Promise<CliRun> {
  const out = join(place.dir, name);
  const run = place.start([...inContainers, '--mechanisms', 'lua,ext-proc/rust', '--out', out]);
  const samples = join(out, 'samples.ndjson');
  const sampled = () => existsSync(samples) && readFileSync(samples, 'utf8').length > 0;
  await expect.poll(sampled, { timeout: 90_000, interval: 200, message: run.stderr() }).toBe(true);
  expect(ours().length).toBeGreaterThan(2);
  return run;
}

it('a container that is killed under load: its arm is invalid and says why, and the others go on', async () => {
  const run = await underLoad('without-lua');
  const [lua] = containersWith('filterbench.workload=headers-lua');
  docker('kill', lua!);
  expect((await run.ended).code).toBe(ExitCode.gateFailed);
  expect(ours()).toEqual([]);
  const { run: stored } = await readRun(join(place.dir, 'without-lua'));
  expect(stored.status).toBe('complete');
  const invalid = stored.arms.filter(({ status }) => status === 'invalid');
  expect(invalid.map(({ variant, twinOf }) => [variant, twinOf])).toEqual([['lua', null]]);
  expect(invalid[0]!.reason).toMatch(/: Envoy was ended by SIGKILL/);
}, 300_000);

it('Ctrl-C leaves no container', async () => {
  const run = await underLoad('interrupted');
  run.killGroup('SIGINT');
  expect((await run.ended).code).toBe(ExitCode.interrupted);
  expect(ours()).toEqual([]);
}, 180_000);

it('after a SIGKILL the next run removes what was left', async () => {
  const run = await underLoad('killed');
  run.killGroup('SIGKILL');
  await run.ended;
  const left = ours();
  expect(left.length).toBeGreaterThan(2);
  const next = [
    '--prove-only',
    '--scenarios',
    'noop',
    '--mechanisms',
    'lua',
    '--out',
    join(place.dir, 'next'),
  ];
  const { code, stderr } = await place.run([...inContainers, ...next]);
  expect(code, stderr).toBe(ExitCode.done);
  expect(ours()).toEqual([]);
}, 180_000);
