import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { artefacts } from '../../src/filters/artefacts.js';
import { type Manifest, readManifest, sourcesOf } from '../../src/filters/manifest.js';
import { checkShipped, compareBuilds } from '../../src/filters/verify.js';
import { packagePaths } from '../../src/paths.js';

let dir = '';
let manifest: Manifest;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'filterbench-test-'));
  cpSync(packagePaths.prebuilt, dir, { recursive: true });
  manifest = await readManifest();
});
afterEach(() => rmSync(dir, { recursive: true }));

const wasm = 'wasm/filterbench.wasm';

function withWasm(change: Partial<Manifest['artefacts'][number]>): Manifest {
  const artefacts = manifest.artefacts.map((entry) =>
    entry.path === wasm ? { ...entry, ...change } : entry,
  );
  return { ...manifest, artefacts };
}

describe('what is shipped', () => {
  it('is what the manifest says, built from the sources that are here', async () => {
    expect(await checkShipped(manifest)).toEqual([]);
  });

  it('is stale where the sources changed since', async () => {
    const findings = await checkShipped(withWasm({ sourceHash: '0'.repeat(64) }), dir);
    expect(findings).toEqual([{ path: wasm, severity: 'error', message: expect.stringContaining('stale') }]);
  });

  it('is refused where a file is not the one of the manifest, or not there', async () => {
    writeFileSync(join(dir, wasm), 'something else');
    rmSync(join(dir, 'linux-x64', 'upstream'));
    const findings = await checkShipped(manifest, dir);
    expect(findings.map(({ path, severity }) => [path, severity])).toEqual([
      [wasm, 'error'],
      ['linux-x64/upstream', 'error'],
    ]);
  });
});

describe('the sources of an artefact', () => {
  const of = (path: string) => sourcesOf(artefacts.find((artefact) => artefact.path === path)!);

  it('are what it is compiled from, by their names under filters/ and in order', async () => {
    const names = await of(wasm);
    expect(names).toEqual(
      expect.arrayContaining(['Cargo.lock', 'Cargo.toml', 'core/src/job.rs', 'wasm/Cargo.toml']),
    );
    expect(names).toEqual([...names].sort());
    expect(await of('linux-x64/dynamic-module-go/v0.1/libfilterbench.so')).toContain('go/core/job.go');
  });

  it.each(artefacts)('are not the tests and examples beside them: $path', async (artefact) => {
    const names = await sourcesOf(artefact);
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((name) => /\/(?:tests|examples)\/|_tests?\./.test(name))).toEqual([]);
  });
});

describe('a fresh build', () => {
  const other = 'f'.repeat(64);

  it('with other bytes is an error by the same toolchain, a warning by another', () => {
    const entry = manifest.artefacts.find(({ path }) => path === wasm)!;
    expect(compareBuilds(manifest, [entry])).toEqual([]);
    expect(compareBuilds(manifest, [{ ...entry, sha256: other }])).toMatchObject([{ severity: 'error' }]);
    expect(compareBuilds(manifest, [{ ...entry, sha256: other, toolchain: 'rustc 9.9.9' }])).toMatchObject([
      { severity: 'warning' },
    ]);
  });
});
