import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ResolveOptions, releaseSource, resolveEnvoy } from '../../../src/envoy/binary/index.js';
import { checksumOf, releaseAsset } from '../../../src/envoy/binary/release.js';
import { BadInputError, FailedError, InterruptedError, MissingError } from '../../../src/errors.js';
import { fakeEnvoy, leftIn, lockOf, platform, sha256, tempDir } from './fake-envoy.js';
import { checksums, serveReleases } from './release-server.js';

const asset = releaseAsset('1.40.0', platform);
const sumsPath = '/v1.40.0/checksums.txt.asc';
const binaryPath = `/v1.40.0/${asset}`;
const envoy = fakeEnvoy('1.40.0');
const lock = lockOf('1.40.0', { release: sha256(envoy) });
const sums = checksums({ 'envoy-contrib-1.40.0-linux-x86_64': sha256('contrib'), [asset]: sha256(envoy) });

test('a release is downloaded, checked and stored', async () => {
  const cacheDir = await tempDir();
  const server = await serveReleases({ [sumsPath]: sums, [binaryPath]: envoy });
  const found = await resolveEnvoy('v1.40.0', {
    cacheDir,
    lock,
    sources: [releaseSource(`${server.baseUrl}/`)],
  });
  expect(found).toEqual({
    version: '1.40.0',
    path: join(cacheDir, 'envoy', `1.40.0-${platform}`, 'envoy'),
    sha256: sha256(envoy),
    build: 'Clean',
    source: 'release',
    origin: 'release',
    platform,
    pinned: true,
  });
  expect(server.requests).toEqual([sumsPath, binaryPath]);
  expect(await readFile(found.path)).toEqual(envoy);
  expect((await stat(found.path)).mode & 0o777).toBe(0o755);
  expect((await stat(join(cacheDir, 'envoy'))).mode & 0o777).toBe(0o700);
  const entry = `1.40.0-${platform}`;
  expect(await leftIn(cacheDir)).toEqual([entry, join(entry, 'envoy'), join(entry, 'meta.json')]);
});

test('the base URL comes from the option, else from the environment', async () => {
  const server = await serveReleases({ [sumsPath]: sums, [binaryPath]: envoy });
  const wanted = { version: '1.40.0', platform, vet: () => {}, onProgress: () => {} };
  process.env.FILTERBENCH_ENVOY_RELEASES = server.baseUrl;
  try {
    const delivered = await releaseSource().fetch({ ...wanted, workDir: await tempDir() });
    expect(delivered.found).toBe(true);
  } finally {
    delete process.env.FILTERBENCH_ENVOY_RELEASES;
  }
  expect(() => releaseSource('ftp://example.org')).toThrow(BadInputError);
});

test('a body that does not fit the checksum file is an error and leaves nothing', async () => {
  const cacheDir = await tempDir();
  const other = fakeEnvoy('1.40.0', 'Clean', 'changed on the way');
  const server = await serveReleases({ [sumsPath]: sums, [binaryPath]: other });
  // Nothing is pinned here, so only the release's own file can tell.
  const unpinned = lockOf('1.39.3', { wheel: sha256('x') });
  const error = await failure(cacheDir, server.baseUrl, { allowUnpinned: true, lock: unpinned });
  expect(error).toBeInstanceOf(FailedError);
  expect(error.message).toContain("doesn't match the release's own checksums.txt.asc");
  expect(error.message).toContain(`expected sha256 ${sha256(envoy)}`);
  expect(error.message).toContain(`got      sha256 ${sha256(other)}`);
  expect(await leftIn(cacheDir)).toEqual([]);
});

test('a release that the lock does not vouch for is refused before its binary is downloaded', async () => {
  const cacheDir = await tempDir();
  const other = fakeEnvoy('1.40.0', 'Clean', 'a release built anew');
  const server = await serveReleases({
    [sumsPath]: checksums({ [asset]: sha256(other) }),
    [binaryPath]: other,
  });
  const error = await failure(cacheDir, server.baseUrl, { allowUnpinned: true });
  expect(error).toBeInstanceOf(FailedError);
  expect(error.message).toContain('from the release is not the binary that envoy.lock.json pins');
  expect(error.message).toContain(sha256(envoy));
  expect(error.message).toContain(sha256(other));
  expect(server.requests).toEqual([sumsPath]);
  expect(await leftIn(cacheDir)).toEqual([]);
});

test('a connection cut in the middle of the body is a reason, and leaves nothing', async () => {
  const cacheDir = await tempDir();
  const server = await serveReleases({
    [sumsPath]: sums,
    [binaryPath]: (response) => {
      response.writeHead(200, { 'content-length': envoy.length });
      response.write(envoy.subarray(0, 1000), () => response.destroy());
    },
  });
  const error = await failure(cacheDir, server.baseUrl);
  expect(error).toBeInstanceOf(MissingError);
  expect(error.message).toMatch(/release: http:\S+linux\S+: \S/);
  expect(await leftIn(cacheDir)).toEqual([]);
});

test('a 404, a list without the asset and a dead server are reasons', async () => {
  const cacheDir = await tempDir();
  const empty = await serveReleases({});
  const notFound = await failure(cacheDir, empty.baseUrl);
  expect(notFound).toBeInstanceOf(MissingError);
  expect(notFound.message).toContain(`release: ${empty.baseUrl}${sumsPath}: HTTP 404`);
  const unlisted = await serveReleases({ [sumsPath]: checksums({ 'envoy-1.40.0-other': sha256('x') }) });
  expect((await failure(cacheDir, unlisted.baseUrl)).message).toContain(`doesn't list ${asset}`);
  expect((await failure(cacheDir, 'http://127.0.0.1:1')).message).toMatch(/checksums\.txt\.asc: \S/);
  expect(await leftIn(cacheDir)).toEqual([]);
});

test('an abort in the middle of the body interrupts and leaves nothing', async () => {
  const cacheDir = await tempDir();
  const abort = new AbortController();
  const server = await serveReleases({
    [sumsPath]: sums,
    [binaryPath]: (response) => {
      response.writeHead(200, { 'content-length': envoy.length });
      response.write(envoy.subarray(0, 1000), () => abort.abort());
    },
  });
  const error = await failure(cacheDir, server.baseUrl, { signal: abort.signal });
  expect(error).toBeInstanceOf(InterruptedError);
  expect(await leftIn(cacheDir)).toEqual([]);
});

test('the checksum of an asset is found by its whole name, whatever its path', () => {
  const text = checksums({
    'envoy-contrib-1.40.0-linux-x86_64': 'a'.repeat(64),
    'envoy-1.40.0-linux-x86_64': 'b'.repeat(64),
  });
  expect(checksumOf(text, 'envoy-1.40.0-linux-x86_64')).toBe('b'.repeat(64));
  expect(checksumOf(text.replaceAll('\n', '\r\n'), 'envoy-1.40.0-linux-x86_64')).toBe('b'.repeat(64));
  expect(checksumOf(text, 'envoy-1.40.0-linux')).toBeUndefined();
  expect(releaseAsset('1.36.4', 'linux-arm64')).toBe('envoy-1.36.4-linux-aarch_64');
});

async function failure(cacheDir: string, baseUrl: string, more: ResolveOptions = {}): Promise<Error> {
  const promise = resolveEnvoy('1.40.0', { cacheDir, lock, sources: [releaseSource(baseUrl)], ...more });
  return promise.then(
    () => expect.unreachable('it should have failed'),
    (error: Error) => error,
  );
}
