import { existsSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleanBuildTimer } from '../../src/effort/build-time.js';
import { FailedError, MissingError } from '../../src/errors.js';
import type { Artefact, BuildOptions } from '../../src/filters/artefact.js';
import { artefacts } from '../../src/filters/artefacts.js';
import { prebuilt } from '../../src/mechanisms/prebuilt.js';

interface Seen {
  readonly options: BuildOptions[];
  readonly paths: string[];
}

function fakeArtefact(seen: Seen, failure: Error | null = null, missing: Error | null = null): Artefact {
  return {
    path: 'wasm/fake.wasm',
    sources: [],
    sourceNames: /x/,
    abi: null,
    async prepare(options) {
      seen.options.push(options);
      if (missing) throw missing;
      return {
        id: 'fakec 1.0',
        async compile(path) {
          writeFileSync(path, 'bytes');
          seen.paths.push(path);
          if (failure) throw failure;
        },
      };
    },
  };
}

const options = { signal: new AbortController().signal, onProgress: () => {} };

describe('a clean build', () => {
  it('has a folder of its own, of which nothing is left', async () => {
    const seen: Seen = { options: [], paths: [] };
    const outcome = await cleanBuildTimer(options)(fakeArtefact(seen));
    expect(outcome).toMatchObject({ build: { toolchain: 'fakec 1.0', cores: expect.any(Number) } });
    const [{ outDir, targetDir }] = seen.options as [BuildOptions];
    expect(seen.paths[0]?.startsWith(outDir)).toBe(true);
    for (const path of [outDir, targetDir, ...seen.paths]) expect(existsSync(path)).toBe(false);
  });

  it('is done once for an artefact, and anew by another timer', async () => {
    const seen: Seen = { options: [], paths: [] };
    const timer = cleanBuildTimer(options);
    const [first, second] = [await timer(fakeArtefact(seen)), await timer(fakeArtefact(seen))];
    expect(second).toBe(first);
    expect(seen.paths).toHaveLength(1);
    await cleanBuildTimer(options)(fakeArtefact(seen));
    expect(seen.paths).toHaveLength(2);
    expect(new Set(seen.options.map(({ targetDir }) => targetDir)).size).toBe(2);
  });

  it('is none where the toolchain is lacking', async () => {
    const seen: Seen = { options: [], paths: [] };
    const missing = new MissingError('fakec is not installed', 'install it');
    expect(await cleanBuildTimer(options)(fakeArtefact(seen, null, missing))).toEqual({
      noBuild: 'fakec is not installed',
    });
  });

  it('that fails says so, and leaves nothing', async () => {
    const seen: Seen = { options: [], paths: [] };
    const failing = cleanBuildTimer(options)(fakeArtefact(seen, new FailedError('fakec failed', 'mend it')));
    await expect(failing).rejects.toThrow('fakec failed');
    expect(existsSync(seen.paths[0]!)).toBe(false);
  });

  it('is one by a real compiler', async () => {
    const path = `${prebuilt.platform}/dynamic-module-c/v0.2/libfilterbench.so`;
    const outcome = await cleanBuildTimer(options)(artefacts.find((each) => each.path === path)!);
    if (!('build' in outcome)) throw new TypeError(outcome.noBuild);
    expect(outcome.build.seconds).toBeGreaterThan(0);
    expect(outcome.build.toolchain).toMatch(/libc|GNU|gcc|clang/i);
  });
});
