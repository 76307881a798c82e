import { zigArtefact } from './zig.js';

/** The jobs behind a shell in C++, with the standard library that zig compiles for WASI. */
export const wasmCpp = zigArtefact({
  path: 'wasm/filterbench-cpp.wasm',
  folders: ['c-core', 'wasm-cpp'],
  compiler: 'c++',
  flags: [
    // One command compiles C and C++, so no standard is named: clang's own are C17 and C++17.
    ...['-target', 'wasm32-wasi', '-O3', '-fno-exceptions', '-fno-rtti'],
    // A loader of modules calls what is exported; there is no `main`.
    ...['-mexec-model=reactor', '-Wl,--strip-all', '-Wl,-z,stack-size=16384'],
  ],
});
