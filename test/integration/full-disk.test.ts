import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_ENVOY_VERSION, resolveEnvoy } from '../../src/envoy/binary/index.js';
import { ExitCode } from '../../src/errors.js';
import { readRun } from '../../src/results/store/index.js';
import { openPlace, type Place } from './cli-place.js';
import { expectNothingLeft, expectOneError, linesOf, reach } from './moments.js';

// Only root may mount, and CI is root.
const mayMount = process.getuid?.() === 0 || process.env.CI === 'true';

beforeAll(async () => {
  await resolveEnvoy(DEFAULT_ENVOY_VERSION);
});

let place: Place;
let disk = '';
const mount = (options: string) => execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]);
beforeEach(() => {
  place = openPlace();
  disk = join(place.dir, 'd');
  mkdirSync(disk);
});
afterEach(async () => {
  execFileSync('umount', ['--lazy', disk]);
  await place[Symbol.asyncDispose]();
});

const ballast = () => join(disk, 'ballast');

/** Takes all the room that is left, to the last byte. */
function fill(): void {
  const file = openSync(ballast(), 'a');
  try {
    for (const size of [65_536, 1]) {
      const data = Buffer.alloc(size);
      try {
        for (;;) writeSync(file, data);
      } catch (error) {
        expect(error).toMatchObject({ code: 'ENOSPC' });
      }
    }
  } finally {
    closeSync(file);
  }
}

const smoke = (...more: string[]) => [
  ...['bench', '--runtime', 'native', '--profile', 'smoke', '--mechanisms', 'lua,ext-proc/rust-uds'],
  ...['--budget', '1s', '--seed', '4', ...more],
];
const timeout = 400_000;

describe.skipIf(!mayMount)('a disk that is full', { timeout }, () => {
  it('while load runs: the run ends with one message, and can be read, reported and gone on with', async () => {
    mount('size=8m,mode=0700');
    const out = join(disk, 'run');
    const run = place.start(smoke('--out', out));
    await reach(run, () => linesOf(out, 'samples.ndjson') >= 3);
    fill();
    expect(await run.ended, run.stderr()).toEqual({ code: ExitCode.gateFailed, signal: null });
    expectNothingLeft(place);
    expectOneError(run.stderr());
    expect(run.stderr()).toMatch(
      /^error: \/\S+\/d\/run\/(samples|evidence)\.ndjson cannot be written: ENOSPC/m,
    );
    expect(run.stderr()).toContain('make room on its disk');
    expect(run.stderr()).toContain('to go on: filterbench bench --resume d/run');
    expect(readdirSync(out).filter((name) => name.startsWith('.'))).toEqual([]);
    const cut = await readRun(out);
    expect(cut.run.status).toBe('interrupted');
    expect(cut.samples.length).toBeGreaterThanOrEqual(3);

    const stored = readFileSync(join(out, 'run.json'), 'utf8');
    const early = await place.run(['report', out]);
    expect(early.code, early.stderr).toBe(ExitCode.gateFailed);
    expectOneError(early.stderr);
    expect(early.stderr).toMatch(/^error: \/\S+ cannot be written: ENOSPC/m);
    expect(readFileSync(join(out, 'run.json'), 'utf8')).toBe(stored);
    const tooEarly = await place.run(['bench', '--resume', out]);
    expect(tooEarly.code, tooEarly.stderr).not.toBe(ExitCode.done);
    expectOneError(tooEarly.stderr);
    expect((await readRun(out)).samples).toEqual(cut.samples);

    rmSync(ballast());
    const report = await place.run(['report', out]);
    expect(report.code, report.stderr).toBe(ExitCode.done);
    expect(existsSync(join(out, 'report.html'))).toBe(true);

    // What is damaged is not gone on with, and told by file and line.
    const samples = readFileSync(join(out, 'samples.ndjson'), 'utf8');
    writeFileSync(join(out, 'samples.ndjson'), samples.split('\n').with(1, '{"schema":').join('\n'));
    const damaged = await place.run(['bench', '--resume', out]);
    expect(damaged.code, damaged.stderr).toBe(ExitCode.badInput);
    expect(damaged.stderr).toMatch(/^error: \/\S+samples\.ndjson:2: not valid JSON/m);
    writeFileSync(join(out, 'samples.ndjson'), samples);

    const resumed = await place.run(['bench', '--resume', out]);
    expect(resumed.code, resumed.stderr).toBe(ExitCode.done);
    const whole = await readRun(out);
    expect(whole.run.status).toBe('complete');
    expect(whole.samples.slice(0, cut.samples.length)).toEqual(cut.samples);
    expectNothingLeft(place);
  });

  it('where private files go, from the beginning: says where, and starts nothing', async () => {
    mount('size=1m,mode=0700');
    fill();
    const out = join(place.dir, 'run');
    const { code, stderr } = await place.run(smoke('--out', out), { TMPDIR: disk });
    expect(code, stderr).toBe(ExitCode.gateFailed);
    expectOneError(stderr);
    expect(stderr).toMatch(/^error: \/\S+\/d\/filterbench-\d+\/\S+ cannot be written: ENOSPC/m);
    expect(stderr).toContain('set TMPDIR');
    expectNothingLeft(place);
    expect((await readRun(out)).samples).toEqual([]);
  });

  it('where private files go, while Envoys are started: no arm is blamed, and all are ended', async () => {
    mount('size=4m,mode=0700');
    const out = join(place.dir, 'run');
    const run = place.start(smoke('--out', out), { TMPDIR: disk });
    const begun = () =>
      readdirSync(disk, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('envoy.yaml'));
    await reach(run, () => begun().length >= 2);
    fill();
    expect((await run.ended).code, run.stderr()).toBe(ExitCode.gateFailed);
    expectOneError(run.stderr());
    expect(run.stderr()).toMatch(/^error: \/\S+\/d\/\S+ cannot be written: ENOSPC/m);
    expect(place.processes()).toEqual([]);
    const { run: stored } = await readRun(out);
    expect(stored.arms.filter(({ status }) => status === 'invalid')).toEqual([]);
  });
});

describe.skipIf(!mayMount)('a file system that is read-only', () => {
  beforeEach(() => mount('ro'));

  it.each([
    ['bench', smoke()],
    ['calibrate', ['calibrate', '--runtime', 'native']],
    ['selftest', ['selftest', '--runtime', 'native']],
    ['compat', ['compat']],
    ['faults', ['faults']],
    ['probes', ['probes']],
    ['effort', ['effort']],
    ['claims', ['claims']],
  ])('%s --out is refused before anything is started', async (_, args) => {
    const out = join(disk, 'run');
    // No Envoy can be had: what looked for one first would say so.
    const { code, stdout, stderr } = await place.run([...args, '--out', out], {
      FILTERBENCH_CACHE: join(place.dir, 'cache'),
      PATH: '',
    });
    expect(code, stderr).toBe(ExitCode.badInput);
    expect(stdout).toBe('');
    expectOneError(stderr);
    expect(stderr).toContain(`error: ${out} cannot be written: EROFS`);
    expect(stderr).toContain('--out');
    expectNothingLeft(place);
    expect(existsSync(join(place.dir, 'cache'))).toBe(false);
  });
});
