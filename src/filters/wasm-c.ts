import type { Artefact } from './artefact.js';
import { zigArtefact } from './zig.js';

const flags = [
  ...['-target', 'wasm32-freestanding', '-std=gnu11', '-O3'],
  // There is no C library: a loop must not become a call into it.
  ...['-ffreestanding', '-fno-builtin', '-nostdlib'],
  // A loader of modules calls what is exported; there is no `main`.
  ...['-Wl,--no-entry', '-Wl,--strip-all', '-Wl,-z,stack-size=16384'],
];

function wasmOf(path: string, folders: readonly string[], headers: readonly string[] = []): Artefact {
  return zigArtefact({ path, folders, headers, compiler: 'cc', flags });
}

/** The jobs. */
export const wasmC = wasmOf('wasm/filterbench-c.wasm', ['c-core', 'wasm-c']);

/** The faults; it shares the host's functions with the jobs. */
export const wasmFaults = wasmOf('faults/faults.wasm', ['faults/wasm-c'], ['wasm-c/host.h']);
