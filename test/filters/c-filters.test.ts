import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildFilters } from '../../src/filters/build.js';
import { cFiles } from '../../src/filters/c-sources.js';
import { dynamicModuleC } from '../../src/filters/dynamic-module-c.js';
import { filterPlatforms } from '../../src/filters/platforms.js';
import { prebuilt } from '../../src/mechanisms/prebuilt.js';
import { packagePaths } from '../../src/paths.js';
import { inspectNaively, trickyBodies, trickyWords } from './naive-inspection.js';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('the search in C', () => {
  it('finds in parts what the plainest search finds in the whole, and reads nothing beyond them', async () => {
    const driver = join(dir, 'driver');
    const sources = [...cFiles(['c-core']), join(import.meta.dirname, 'inspection-driver.c')];
    const checks = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];
    await execa('cc', ['-std=gnu11', '-O1', '-g', ...checks, '-Ic-core', ...sources, '-o', driver], {
      cwd: packagePaths.filters,
    });
    const bodies = [...trickyBodies(11, 20_000)];
    const input = bodies.map((body) => body.map((part) => Buffer.from(part).toString('hex')).join(','));
    const job = JSON.stringify({ job: 'inspect', words: trickyWords });
    const { stdout } = await execa(driver, [job], {
      input: `${input.join('\n')}\n`,
      env: { ASAN_OPTIONS: 'detect_leaks=0' },
    });
    const found = stdout.split('\n');
    const expected = bodies.map((body) => inspectNaively(body.join(''), trickyWords));
    const differing = bodies.filter((_, i) => found[i] !== expected[i]);
    expect(differing).toEqual([]);
    for (const finding of ['nothing', 'word', 'card']) expect(expected).toContain(finding);
  });
});

describe('the dynamic module in C', () => {
  const abis = ['1.36', '1.37', 'v0.1', 'v0.2'];

  it.each(abis)('has the hooks of the module in Rust for ABI %s', (abi) => {
    const hooksIn = (folder: string) => {
      const text = readFileSync(join(folder, 'libfilterbench.so'), 'latin1');
      return [...new Set(text.match(/envoy_dynamic_module_on_\w+/g))].sort();
    };
    const hooks = hooksIn(prebuilt.dynamicModuleC(abi));
    expect(hooks.length).toBeGreaterThanOrEqual(14);
    expect(hooks).toEqual(hooksIn(prebuilt.dynamicModule(abi)));
  });

  it.each(filterPlatforms)(
    'is built for $name to the same bytes twice, with no path of this machine in them',
    async (platform) => {
      const signal = new AbortController().signal;
      const build = async (name: string) => {
        const options = {
          outDir: join(dir, platform.name, name),
          targetDir: join(dir, 'target'),
          signal,
          onProgress() {},
        };
        const [entry] = await buildFilters(options, [dynamicModuleC('v0.2', platform)]);
        return entry!;
      };
      const [first, second] = [await build('first'), await build('second')];
      expect(second).toEqual(first);
      const text = readFileSync(join(dir, platform.name, 'first', first.path), 'latin1');
      expect(text).not.toContain(packagePaths.root);
      expect(text).not.toContain(dir);
      expect(text).toContain('v0.2.0');
    },
  );
});
