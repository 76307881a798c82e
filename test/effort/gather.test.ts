import { beforeAll, describe, expect, it } from 'vitest';
import type { BuildTimer } from '../../src/effort/build-time.js';
import { effortOf } from '../../src/effort/gather.js';
import { selectSources } from '../../src/effort/select.js';
import type { VariantSources } from '../../src/effort/sources.js';
import { FailedError, InterruptedError } from '../../src/errors.js';
import { type Manifest, readManifest } from '../../src/filters/manifest.js';
import { evidenceSchema } from '../../src/results/schema/index.js';
import { familyNames, loadScenarios, type Scenario } from '../../src/scenarios/load.js';

let scenarios: Scenario[];
let manifest: Manifest;
beforeAll(async () => {
  scenarios = await loadScenarios(await familyNames());
  manifest = await readManifest();
});

const sourcesOf = (variant: string): VariantSources => selectSources([variant])[0]!;
const effort = (variant: string, timer: BuildTimer | null = null) =>
  effortOf(sourcesOf(variant), { envoyVersion: '1.40.0', scenarios, manifest, timer });

describe('the effort of a variant', () => {
  it('is a line of evidence', async () => {
    const found = await effort('wasm/rust');
    expect(evidenceSchema.parse(found)).toEqual(found);
    const shipped = manifest.artefacts.find(({ path }) => path === 'wasm/filterbench.wasm');
    expect(found).toMatchObject({
      mechanism: 'wasm',
      passed: true,
      configuration: { files: ['envoy-configs/wasm/rust.yaml'] },
      artefact: { path: 'wasm/filterbench.wasm', bytes: shipped?.bytes },
      build: null,
      noBuild: 'no build was asked for',
    });
    expect(found.jobs).toHaveLength(10);
  });

  it('names the artefact that an Envoy version loads', async () => {
    expect((await effort('dynamic-module/rust')).artefact?.path).toMatch(/\/dynamic-module\/v0\.2\//);
    expect((await effort('dynamic-module/go')).artefact?.path).toMatch(/\/dynamic-module-go\/v0\.1\//);
    expect((await effort('ext-authz/rust-grpc')).artefact?.path).toMatch(/\/ext-server$/);
  });

  it.each(['cpp', 'lua', 'ext-proc/typescript'])('of %s has no artefact to build', async (variant) => {
    const found = await effort(variant, () => {
      throw new TypeError('nothing is to be built');
    });
    expect(found).toMatchObject({ artefact: null, build: null, noBuild: 'nothing is compiled for it' });
    expect(found.passed).toBe(true);
  });

  it('tells how many jobs its lines do', async () => {
    expect((await effort('wasm/c')).jobs).toEqual(['noop', 'headers', 'access', 'chain', 'inspect']);
    expect((await effort('cpp')).jobs).not.toContain('redact');
  });

  it('takes the time of a build from the timer', async () => {
    const build = { seconds: 1.2, toolchain: 'fakec 1.0', cores: 2 };
    expect(await effort('wasm/rust', async () => ({ build }))).toMatchObject({ build, noBuild: null });
    const noBuild = 'fakec is not installed';
    expect(await effort('wasm/rust', async () => ({ noBuild }))).toMatchObject({
      build: null,
      noBuild,
      passed: true,
    });
  });

  it('tells of a build that fails, and goes on', async () => {
    const found = await effort('wasm/rust', () =>
      Promise.reject(new FailedError('fakec failed:\nat line 7', 'mend it')),
    );
    expect(found).toMatchObject({ passed: false, problem: 'fakec failed:', noBuild: 'its build failed' });
    expect(evidenceSchema.parse(found)).toEqual(found);
  });

  it('is given up where it is interrupted', async () => {
    const interrupted = effort('wasm/rust', () => Promise.reject(new InterruptedError()));
    await expect(interrupted).rejects.toThrow(InterruptedError);
  });
});
