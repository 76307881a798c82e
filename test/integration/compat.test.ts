import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Attempted, attempt } from '../../src/compat/attempt.js';
import { judge } from '../../src/compat/outcome.js';
import { selectSubjects } from '../../src/compat/subjects.js';
import { resolveEnvoy } from '../../src/envoy/binary/index.js';
import { readBase } from '../../src/envoy/config.js';
import { ExitCode } from '../../src/errors.js';
import {
  type Compat,
  type CompatVerdict,
  compatSchema,
  evidenceSchema,
} from '../../src/results/schema/index.js';
import { nativeRuntime } from '../../src/runtime/native.js';
import { randomPorts } from '../../src/runtime/ports.js';
import { openPlace, type Place } from './cli-place.js';

const oldest = '1.36.4';
const newest = '1.40.0';
const envoys: string[] = [];
beforeAll(async () => {
  for (const version of [oldest, newest]) envoys.push((await resolveEnvoy(version)).path);
}, 600_000);

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place[Symbol.asyncDispose]());

// By path, so that the cache of the place, which is empty, is not asked for Envoys.
const compat = (...args: string[]) => {
  const env = { FILTERBENCH_CACHE: join(place.dir, 'cache') };
  return place.run(['compat', '--envoy', envoys.join(','), ...args], env);
};

function outcomes({ cells }: Compat, subject: string): string[] {
  return cells.filter((cell) => cell.subject === subject).map(({ outcome }) => outcome);
}

const nothingIsLeft = () => {
  expect(place.processes()).toEqual([]);
  expect(place.scratchFolders()).toEqual([]);
};

describe('the builds of the Rust module, on the oldest and the newest Envoy', () => {
  it('come out as each ABI wants, with evidence; a second time from the cache', async () => {
    const out = join(place.dir, 'out');
    const first = await compat('dynamic-module/rust', '--out', out, '--json');
    expect(first.code, first.stderr).toBe(ExitCode.done);
    const found = compatSchema.parse(JSON.parse(first.stdout));
    expect(found.envoys.map(({ label }) => label)).toEqual([oldest, newest]);
    expect(outcomes(found, 'baseline')).toEqual(['loads', 'loads']);
    expect(outcomes(found, 'dynamic-module/rust-1.36')).toEqual(['loads', 'refused']);
    expect(outcomes(found, 'dynamic-module/rust-1.37')).toEqual(['refused', 'warns']);
    expect(outcomes(found, 'dynamic-module/rust-v0.1')).toEqual(['refused', 'warns']);
    expect(outcomes(found, 'dynamic-module/rust-v0.2')).toEqual(['refused', 'loads']);
    for (const { outcome, words } of found.cells) {
      if (outcome === 'loads') expect(words).toBeNull();
      else expect(words).toMatch(/ABI version|undefined symbol/);
      expect(words ?? '').not.toContain(place.dir);
    }

    expect(compatSchema.parse(JSON.parse(readFileSync(join(out, 'compat.json'), 'utf8')))).toEqual(found);
    const evidence = readFileSync(join(out, 'evidence.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => evidenceSchema.parse(JSON.parse(line)));
    const usable = evidence.filter(({ kind, passed }) => kind === 'compat' && passed).map(({ arm }) => arm);
    expect(usable).toContain(`headers/dynamic-module/rust-1.37@${newest}`);
    expect(usable).toContain(`inspect-1k/dynamic-module/rust-1.37@${newest}`);
    for (const arm of usable)
      expect(
        evidence.filter((item) => item.kind === 'proof' && item.arm === arm).length,
        arm,
      ).toBeGreaterThan(1);
    expect(readFileSync(join(out, 'charts', 'compatibility.svg'), 'utf8')).toContain('refused');

    const second = await compat('dynamic-module/rust', '--json');
    const again = compatSchema.parse(JSON.parse(second.stdout));
    expect(again.cells).toEqual(found.cells.map((cell) => ({ ...cell, cached: true })));

    const shown = await compat('rust-1.36');
    expect(shown.stdout).toMatch(/^ {2}ABI 1\.36 +loads +refused 1$/m);
    expect(shown.stdout).toMatch(/^ 1 {2}refused: /m);
    expect(shown.stdout).toContain('0 tried now, 4 known from before');
    nothingIsLeft();
  });
});

describe('a filter that goes wrong', () => {
  const patient = new AbortController();

  /** Lua that is no good, on the newest Envoy, as an attempt of the command. */
  async function withScript(
    script: string,
    extensions?: string[],
  ): Promise<CompatVerdict & Pick<Attempted, 'startMs' | 'log'>> {
    const [lua] = (await selectSubjects(['lua'])).tried;
    const variant = { ...lua!.variant!, variables: () => ({ script }) };
    const envoy = { label: newest, version: newest, path: envoys[1]!, sha256: 'e'.repeat(64) };
    const shared = { openRuntime: nativeRuntime, ports: randomPorts(Math.random), signal: patient.signal };
    const parts = { base: await readBase(), ...shared };
    const attempted = await attempt(parts, envoy, { ...lua!, variant }, lua!.scenarios[0]!);
    const verdict = judge(attempted, { extensions: extensions ?? variant.extensions, ambient: null });
    return { ...verdict, startMs: attempted.startMs, log: attempted.log };
  }

  it('at once is refused, with the words', async () => {
    expect(await withScript('function (')).toMatchObject({
      outcome: 'refused',
      words: expect.stringContaining('script load error'),
      exit: { code: 1, signal: null },
    });
  });

  it('and does not get ready is ended after its time', async () => {
    expect(await withScript('while true do end')).toMatchObject({
      outcome: 'misbehaves',
      case: 'start',
      startMs: null,
    });
  });

  it('in a case misbehaves, and the case is named', async () => {
    expect(await withScript('function envoy_on_request(h) end')).toMatchObject({
      outcome: 'misbehaves',
      case: 'both headers are set',
      words: expect.stringContaining('x-bench-request is absent'),
      exit: null,
    });
  });

  it('and hangs at a request misbehaves, and is ended', async () => {
    expect(await withScript('function envoy_on_request(h) while true do end end')).toMatchObject({
      outcome: 'misbehaves',
      case: 'both headers are set',
      words: expect.stringContaining('no answer within'),
    });
  });

  it('and ends Envoy at a request dies', async () => {
    expect(await withScript('function envoy_on_request(h) os.exit(3) end')).toMatchObject({
      outcome: 'dies',
      case: 'both headers are set',
      moment: 'request',
      exit: { code: 3, signal: null },
    });
  });

  it('and reads where nothing is dies by a signal, with the last words', async () => {
    const script =
      "local ffi = require('ffi')\nfunction envoy_on_request(h) local x = ffi.cast('int*', 0)[0] end";
    expect(await withScript(script)).toMatchObject({
      outcome: 'dies',
      words: expect.stringContaining('Segmentation fault'),
      moment: 'request',
      exit: { code: null, signal: 'SIGSEGV' },
    });
  });
});

describe('what cannot be tried', () => {
  it.each([
    ['a word that names nothing', ['dynamic-module/rust-1.35'], /nothing that can be tried is called/],
    ['a folder that holds a run', ['lua', '--out', '.'], /holds a run already/],
    ['no Envoy at all', ['lua', '--envoy', ','], /--envoy names none/],
    ['a version that is not exact', ['lua', '--envoy', '1.40'], /neither an exact Envoy version nor a file/],
  ])('%s is bad input', async (_what, args, expected) => {
    writeFileSync(join(place.dir, 'run.json'), '');
    const { code, stderr } = await compat(...args);
    expect(code, stderr).toBe(ExitCode.badInput);
    expect(stderr).toMatch(expected);
    expect(stderr).toMatch(/^ {2}next: \S/m);
    nothingIsLeft();
  });

  it('an Envoy that nobody pins is missing', async () => {
    const { code } = await compat('lua', '--envoy', '1.35.0');
    expect(code).toBe(ExitCode.missing);
  });
});

it('Ctrl-C ends it in order, and what was tried is kept', async () => {
  const env = { FILTERBENCH_CACHE: join(place.dir, 'cache') };
  const run = place.start(['compat', 'dynamic-module', '--envoy', envoys.join(',')], env);
  await expect.poll(() => place.scratchFolders().length, { timeout: 60_000, interval: 5 }).toBeGreaterThan(0);
  await expect
    .poll(() => run.stderr().includes(`Envoy ${oldest}: `), { timeout: 60_000, interval: 5 })
    .toBe(true);
  run.killGroup('SIGINT');
  expect(await run.ended).toEqual({ code: ExitCode.interrupted, signal: null });
  expect(run.stderr()).toMatch(/^ {2}next: what was tried so far is kept/m);
  nothingIsLeft();
  const again = await place.run(['compat', 'dynamic-module', '--envoy', envoys[0]!, '--json'], env);
  expect(compatSchema.parse(JSON.parse(again.stdout)).cells.every(({ cached }) => cached)).toBe(true);
});
