import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Artefact } from '../../src/filters/artefact.js';
import { buildFilters } from '../../src/filters/build.js';
import { dynamicModuleGo, goGenerations } from '../../src/filters/dynamic-module-go.js';
import { sourceHash } from '../../src/filters/manifest.js';
import { filterPlatforms } from '../../src/filters/platforms.js';
import { wasmGo } from '../../src/filters/wasm-go.js';
import { prebuilt } from '../../src/mechanisms/prebuilt.js';
import { packagePaths } from '../../src/paths.js';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const signal = new AbortController().signal;
async function build(artefact: Artefact, name: string) {
  const outDir = join(dir, name);
  const options = { outDir, targetDir: join(dir, 'target'), signal, onProgress() {} };
  const [entry] = await buildFilters(options, [artefact]);
  return { entry: entry!, text: readFileSync(join(outDir, artefact.path), 'latin1') };
}

const modules = goGenerations.flatMap((abi) =>
  filterPlatforms.map((platform) => dynamicModuleGo(abi, platform)),
);

describe.each([wasmGo, ...modules])('$path', (artefact) => {
  it('is built to the same bytes twice, with no path of this machine in them', {
    timeout: 120_000,
  }, async () => {
    const [first, second] = [await build(artefact, 'first'), await build(artefact, 'second')];
    expect(second.entry).toEqual(first.entry);
    for (const path of [packagePaths.root, dir, join(homedir(), 'go')])
      expect(first.text).not.toContain(path);
  });

  it('has a hash over its sources, without their tests', async () => {
    const named = { ...artefact, sourceNames: /\.go$/ };
    expect(await sourceHash(artefact)).not.toBe(await sourceHash(named));
    expect(artefact.sourceNames.test('job.go')).toBe(true);
    expect(artefact.sourceNames.test('job_test.go')).toBe(false);
  });
});

describe('the dynamic module in Go', () => {
  const hooksIn = (folder: string) => {
    const text = readFileSync(join(folder, 'libfilterbench.so'), 'latin1');
    return [...new Set(text.match(/envoy_dynamic_module_on_(?:program|http_filter)_\w+/g))];
  };

  it.each(goGenerations)('has all hooks of the module in Rust for ABI %s', (abi) => {
    const needed = hooksIn(prebuilt.dynamicModule(abi));
    expect(needed.length).toBeGreaterThanOrEqual(21);
    expect(hooksIn(prebuilt.dynamicModuleGo(abi))).toEqual(expect.arrayContaining(needed));
  });
});
