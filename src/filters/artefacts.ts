import type { Artefact } from './artefact.js';
import { cargoArtefact } from './cargo.js';
import { dynamicModuleC } from './dynamic-module-c.js';
import { dynamicModuleGo, goGenerations } from './dynamic-module-go.js';
import { moduleFaults } from './module-faults.js';
import { wasmAssemblyscript } from './wasm-assemblyscript.js';
import { wasmC, wasmFaults } from './wasm-c.js';
import { wasmGo } from './wasm-go.js';

const server = { kind: 'static-server', abi: null } as const;

/** The ABI generations that dynamic modules are built for. */
const generations = ['1.36', '1.37', 'v0.1', 'v0.2'];

function dynamicModule(abi: string): Artefact {
  return cargoArtefact({
    path: `linux-x64/dynamic-module/${abi}/libfilterbench.so`,
    crate: 'filterbench-dynamic-module',
    crates: ['burn', 'core', 'dynamic-module'],
    kind: 'module',
    abi,
    output: 'libfilterbench.so',
  });
}

/** Everything that is shipped compiled. */
export const artefacts: readonly Artefact[] = [
  cargoArtefact({
    path: 'wasm/filterbench.wasm',
    crate: 'filterbench-wasm',
    crates: ['core', 'wasm'],
    kind: 'wasm',
    abi: null,
    output: 'filterbench.wasm',
  }),
  wasmC,
  wasmAssemblyscript,
  wasmGo,
  ...generations.map(dynamicModule),
  ...generations.map(dynamicModuleC),
  ...goGenerations.map(dynamicModuleGo),
  cargoArtefact({
    ...server,
    path: 'linux-x64/ext-server',
    crate: 'filterbench-ext-server',
    crates: ['burn', 'core', 'service', 'ext-server'],
    output: 'ext-server',
  }),
  cargoArtefact({
    ...server,
    path: 'linux-x64/upstream',
    crate: 'filterbench-upstream',
    crates: ['service', 'upstream'],
    output: 'upstream',
  }),
  wasmFaults,
  ...generations.map(moduleFaults),
];
