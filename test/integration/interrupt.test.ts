import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_ENVOY_VERSION, resolveEnvoy } from '../../src/envoy/binary/index.js';
import { ExitCode } from '../../src/errors.js';
import { runSchema } from '../../src/results/schema/index.js';
import { readRun } from '../../src/results/store/index.js';
import { type CliRun, openPlace, type Place } from './cli-place.js';

// A download would be interrupted in place of the run.
beforeAll(async () => {
  await resolveEnvoy(DEFAULT_ENVOY_VERSION);
});

let place: Place;
let out = '';
beforeEach(() => {
  place = openPlace();
  out = join(place.dir, 'run');
});
afterEach(() => place[Symbol.asyncDispose]());

const bench = (more: readonly string[] = []) => [
  'bench',
  '--runtime',
  'native',
  '--profile',
  'smoke',
  '--mechanisms',
  'lua,ext-proc',
  '--out',
  out,
  ...more,
];

const lines = (file: string) =>
  existsSync(join(out, file)) ? readFileSync(join(out, file), 'utf8').split('\n').length - 1 : 0;
/** Folders of workloads; an Envoy has its configuration in it. */
const envoysBegun = () =>
  place
    .scratchFolders()
    .flatMap((dir) => readdirSync(dir).map((name) => join(dir, name, 'envoy.yaml')))
    .filter((path) => existsSync(path)).length;

/** Moments of a run, by what can be seen of it from outside. */
const moments = {
  'its folder is made': () => existsSync(out),
  'a first Envoy is validated': () => envoysBegun() >= 1,
  'Envoys are started one by one': () => envoysBegun() >= 5,
  'arms are proven': () => lines('evidence.ndjson') >= 10,
  'load runs': () => lines('samples.ndjson') >= 3,
} as const;
type Moment = keyof typeof moments;

/** Waits for a moment; a run that ends before shows what it printed. */
async function reach(run: CliRun, moment: Moment): Promise<void> {
  let over = false;
  void run.ended.then(() => {
    over = true;
  });
  await expect.poll(() => over || moments[moment](), { timeout: 60_000, interval: 5 }).toBe(true);
  if (over) throw new Error(`it ended before ${moment}: ${run.stderr()}`);
}

const nothingIsLeft = () => {
  expect(place.processes()).toEqual([]);
  expect(place.scratchFolders()).toEqual([]);
};

describe('an interrupt ends a run in order, and keeps what was measured', () => {
  const both = Object.keys(moments).map((moment) => [moment as Moment, 'SIGINT'] as const);

  it.each([
    ...both,
    ['its folder is made', 'SIGTERM'],
    ['Envoys are started one by one', 'SIGTERM'],
    ['load runs', 'SIGTERM'],
    ['load runs', 'SIGHUP'],
  ] as const)('when %s: %s', async (moment, signal) => {
    const run = place.start(bench());
    await reach(run, moment);
    // Ctrl-C reaches the whole group; what is started must not end by itself.
    if (signal === 'SIGINT') run.killGroup(signal);
    else run.kill(signal);
    expect(await run.ended, run.stderr()).toEqual({ code: ExitCode.interrupted, signal: null });
    nothingIsLeft();
    expect(run.stderr()).not.toMatch(/^ {4}at /m);
    // From the first Envoy on there is a run, and it is whole.
    if (moment === 'its folder is made' && !existsSync(join(out, 'run.json'))) return;
    const stored = await readRun(out);
    expect(stored.run.status).toBe('interrupted');
    expect(stored.run.finishedAt).not.toBeNull();
    expect(readdirSync(out).filter((name) => name.startsWith('.'))).toEqual([]);
    if (moment === 'arms are proven') expect(stored.evidence.length).toBeGreaterThanOrEqual(10);
    if (moment === 'load runs') expect(stored.samples.length).toBeGreaterThanOrEqual(3);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('at once: %s', async (signal) => {
    const run = place.start(bench());
    run.kill(signal);
    const end = await run.ended;
    // Node ends by the signal itself where it has not yet come to our code.
    expect([
      { code: ExitCode.interrupted, signal: null },
      { code: null, signal },
    ]).toContainEqual(end);
    nothingIsLeft();
    if (existsSync(join(out, 'run.json'))) expect((await readRun(out)).run.status).toBe('interrupted');
  });
});

/** Another run in the same place; each run first clears up after those that were killed. */
async function nextRun(): Promise<void> {
  const next = ['--mechanisms', 'lua', '--prove-only', '--out', join(place.dir, 'next')];
  const { code, stderr } = await place.run(['bench', '--runtime', 'native', '--profile', 'smoke', ...next]);
  expect(code, stderr).toBe(ExitCode.done);
}

const statusOnDisk = () => runSchema.parse(JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'))).status;

describe('a run that cannot end in order', () => {
  it('by a second signal ends at once, and takes along what it started', async () => {
    const run = place.start(bench());
    await reach(run, 'load runs');
    // Two of a kind could become one on the way.
    run.kill('SIGINT');
    run.kill('SIGTERM');
    expect(await run.ended).toEqual({ code: ExitCode.interrupted, signal: null });
    await expect.poll(place.processes, { timeout: 30_000 }).toEqual([]);
    expect(statusOnDisk()).toBe('interrupted');
    await nextRun();
    nothingIsLeft();
  });

  it('by SIGKILL takes along what it started, and the next run clears its folder away', async () => {
    const run = place.start(bench());
    await reach(run, 'load runs');
    run.kill('SIGKILL');
    expect(await run.ended).toEqual({ code: null, signal: 'SIGKILL' });
    await expect.poll(place.processes, { timeout: 30_000 }).toEqual([]);
    expect(place.scratchFolders()).toHaveLength(1);
    expect(statusOnDisk()).toBe('interrupted');
    await nextRun();
    nothingIsLeft();
  });

  it('by SIGKILL on a system without setpriv: the next run ends what is left', async () => {
    const empty = join(place.dir, 'no-programs');
    mkdirSync(empty);
    const run = place.start(bench(), { PATH: empty });
    await reach(run, 'load runs');
    run.kill('SIGKILL');
    await run.ended;
    // Orphans: without them this test would show nothing.
    expect(place.processes().length).toBeGreaterThan(3);
    expect(statusOnDisk()).toBe('interrupted');
    await nextRun();
    await expect.poll(place.processes, { timeout: 30_000 }).toEqual([]);
    nothingIsLeft();
  });
});
