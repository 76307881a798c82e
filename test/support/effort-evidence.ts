import type { EvidenceOf } from '../../src/results/schema/index.js';

/** What a variant takes, made up. */
export function effortEvidence(about: Partial<EvidenceOf<'effort'>> = {}): EvidenceOf<'effort'> {
  const variant = about.variant ?? 'wasm/rust';
  return {
    schema: 'filterbench/evidence@1',
    kind: 'effort',
    arm: `effort/${variant}@1.40.0`,
    restart: null,
    passed: true,
    problem: null,
    mechanism: variant.split('/')[0] ?? variant,
    variant,
    envoy: '1.40.0',
    shell: { lines: 204, files: ['filters/wasm/src/lib.rs'] },
    job: { lines: 1_376, files: ['filters/core/src/lib.rs'] },
    configuration: { lines: 13, files: ['envoy-configs/wasm/rust.yaml'] },
    jobs: ['noop', 'headers'],
    artefact: { path: 'wasm/filterbench.wasm', bytes: 553_151 },
    build: { seconds: 71.34, toolchain: 'rustc 1.96.0', cores: 2 },
    noBuild: null,
    ...about,
  };
}

/** Of one that Envoy takes as it is. */
export function scriptEffort(about: Partial<EvidenceOf<'effort'>> = {}): EvidenceOf<'effort'> {
  return effortEvidence({
    variant: 'lua',
    shell: { lines: 0, files: [] },
    artefact: null,
    build: null,
    noBuild: 'nothing is compiled for it',
    ...about,
  });
}
