import type { Artefact } from './artefact.js';
import { cargoArtefact } from './cargo.js';
import { dynamicModuleC } from './dynamic-module-c.js';
import { dynamicModuleGo, goGenerations } from './dynamic-module-go.js';
import { moduleFaults } from './module-faults.js';
import { type FilterPlatform, filterPlatforms } from './platforms.js';
import { wasmAssemblyscript } from './wasm-assemblyscript.js';
import { wasmC, wasmFaults } from './wasm-c.js';
import { wasmCpp } from './wasm-cpp.js';
import { wasmGo } from './wasm-go.js';

/** The ABI generations that dynamic modules are built for. */
const generations = ['1.36', '1.37', 'v0.1', 'v0.2'];

function dynamicModule(abi: string, platform: FilterPlatform): Artefact {
  return cargoArtefact({
    path: `${platform.name}/dynamic-module/${abi}/libfilterbench.so`,
    crate: 'filterbench-dynamic-module',
    crates: ['burn', 'core', 'dynamic-module'],
    kind: 'module',
    platform,
    abi,
    output: 'libfilterbench.so',
  });
}

/** What is compiled for each platform. */
function artefactsFor(platform: FilterPlatform): Artefact[] {
  const server = { kind: 'static-server', abi: null, platform } as const;
  return [
    ...generations.map((abi) => dynamicModule(abi, platform)),
    ...generations.map((abi) => dynamicModuleC(abi, platform)),
    ...goGenerations.map((abi) => dynamicModuleGo(abi, platform)),
    cargoArtefact({
      ...server,
      path: `${platform.name}/ext-server`,
      crate: 'filterbench-ext-server',
      crates: ['burn', 'core', 'service', 'ext-server'],
      output: 'ext-server',
    }),
    cargoArtefact({
      ...server,
      path: `${platform.name}/upstream`,
      crate: 'filterbench-upstream',
      crates: ['service', 'upstream'],
      output: 'upstream',
    }),
  ];
}

/** Everything that is shipped compiled. */
export const artefacts: readonly Artefact[] = [
  cargoArtefact({
    path: 'wasm/filterbench.wasm',
    crate: 'filterbench-wasm',
    crates: ['core', 'wasm'],
    kind: 'wasm',
    platform: null,
    abi: null,
    output: 'filterbench.wasm',
  }),
  wasmC,
  wasmCpp,
  wasmAssemblyscript,
  wasmGo,
  ...filterPlatforms.flatMap(artefactsFor),
  wasmFaults,
  ...generations.map(moduleFaults),
];
