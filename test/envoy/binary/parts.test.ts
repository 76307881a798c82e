import { spawnSync } from 'node:child_process';
import { mkdir, readdir, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensurePrivateDir } from '../../../src/envoy/binary/cache-dir.js';
import { download } from '../../../src/envoy/binary/download.js';
import { parseVersionLine } from '../../../src/envoy/binary/identity.js';
import {
  DEFAULT_ENVOY_VERSION,
  downloadPlatform,
  envoyPlatforms,
  exactVersion,
  knownVersions,
  parseLock,
  pinsOf,
  readLock,
  suggestVersions,
} from '../../../src/envoy/binary/index.js';
import { openStaging } from '../../../src/envoy/binary/staging.js';
import { BadInputError, MissingError } from '../../../src/errors.js';
import { tempDir } from './fake-envoy.js';
import { serveReleases } from './release-server.js';

test('the lock pins the default and the comparison versions on both platforms', () => {
  const lock = readLock();
  for (const version of ['1.36.4', '1.37.0', '1.38.2', '1.38.3', '1.39.3', DEFAULT_ENVOY_VERSION]) {
    for (const platform of envoyPlatforms)
      expect(pinsOf(lock, version, platform).wheel).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(knownVersions(lock)).not.toContain('1.39.1');
});

test.each([
  ['no JSON', '{', 'is not JSON'],
  ['another schema', '{"schema":"x","versions":{}}', 'schema'],
  [
    'a short hash',
    '{"schema":"filterbench/envoy-lock@1","versions":{"1.40.0":{"wheel":{"linux-x64":"ab"}}}}',
    'versions.1.40.0.wheel.linux-x64',
  ],
  [
    'an unknown source',
    '{"schema":"filterbench/envoy-lock@1","versions":{"1.40.0":{"apt":{}}}}',
    'versions.1.40.0',
  ],
])('a lock with %s is refused by name', (_name, text, where) => {
  expect(() => parseLock(text, 'envoy.lock.json')).toThrow(BadInputError);
  expect(() => parseLock(text, 'envoy.lock.json')).toThrow(where);
});

test('versions are exact, sorted by number, and suggested by line', () => {
  expect(exactVersion('v1.40.0')).toBe('1.40.0');
  expect(exactVersion('1.40')).toBeUndefined();
  expect(exactVersion('1.36.2.post1')).toBeUndefined();
  const known = ['1.9.0', '1.36.4', '1.39.0', '1.39.3', '1.40.0'];
  const versions = Object.fromEntries(known.toReversed().map((version) => [version, {}]));
  expect(knownVersions({ schema: 'filterbench/envoy-lock@1', versions })).toEqual(known);
  expect(suggestVersions('1.39', known)).toEqual(['1.39.0', '1.39.3']);
  expect(suggestVersions('1.46.4', known)).toEqual(['1.36.4']);
  expect(suggestVersions('banana', known)).toEqual([]);
});

test('only platforms that Envoy is published for can be downloaded', () => {
  expect(downloadPlatform('linux-arm64')).toBe('linux-arm64');
  expect(() => downloadPlatform('darwin-arm64')).toThrow(MissingError);
});

test('the version line is read as Envoy prints it', () => {
  const commit = '0ebfcfe5b0484b89ca85b761da9e05ce75dbda8d';
  expect(parseVersionLine(`\nenvoy  version: ${commit}/1.38.3/Modified/RELEASE/BoringSSL\n\n`)).toEqual({
    version: '1.38.3',
    build: 'Modified',
  });
  expect(parseVersionLine('ls (GNU coreutils) 9.1')).toBeUndefined();
});

test('a directory of a dead process goes, one of a living process stays', async () => {
  const cacheDir = await tempDir();
  const host = hostname().replace(/[^A-Za-z0-9.-]/g, '-');
  const dead = spawnSync('true').pid;
  const old = `elsewhere_${process.pid}_1_old`;
  // Our own pid with another start time: the pid was used again.
  const names = [`${host}_${dead}_1_x`, `${host}_${process.pid}_1_x`, 'elsewhere_1_1_new', old, 'no-name'];
  for (const name of names) await mkdir(join(cacheDir, '.tmp', name), { recursive: true });
  await utimes(join(cacheDir, '.tmp', old), new Date(0), new Date(0));
  const mine = await openStaging(cacheDir);
  const second = await openStaging(cacheDir);
  const left = await readdir(join(cacheDir, '.tmp'));
  expect(left).toHaveLength(4);
  expect(left).toEqual(expect.arrayContaining(['elsewhere_1_1_new', 'no-name']));
  await mine[Symbol.asyncDispose]();
  await second[Symbol.asyncDispose]();
  expect((await readdir(join(cacheDir, '.tmp'))).sort()).toEqual(['elsewhere_1_1_new', 'no-name']);
});

test('a cache that others can read becomes private', async () => {
  const dir = join(await tempDir(), 'envoy');
  await mkdir(dir, { mode: 0o755 });
  await ensurePrivateDir(dir);
  const { mode } = await stat(dir);
  expect(mode & 0o777).toBe(0o700);
});

test('a server that falls silent or sends too much is given up', async () => {
  const dir = await tempDir();
  const server = await serveReleases({ '/silent': () => {}, '/large': Buffer.alloc(2000) });
  const silent = await download(`${server.baseUrl}/silent`, join(dir, 'a'), { maxBytes: 1000, stallMs: 20 });
  expect(silent).toEqual({ ok: false, reason: `${server.baseUrl}/silent: no data for 0.02 s` });
  const large = await download(`${server.baseUrl}/large`, join(dir, 'b'), { maxBytes: 1000 });
  expect(large).toEqual({ ok: false, reason: `${server.baseUrl}/large: more than 1000 bytes` });
});
