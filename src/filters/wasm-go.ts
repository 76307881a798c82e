import { findGo, goArtefact } from './go.js';

/** The jobs in Go as a Proxy-Wasm module. */
export const wasmGo = goArtefact({
  path: 'wasm/filterbench-go.wasm',
  abi: null,
  package: 'wasm',
  modules: ['go.mod', 'go.sum'],
  // A WASI reactor, which Go calls a shared library: there is no `main` that runs.
  toolchain: async () => ({ id: await findGo(), env: { GOOS: 'wasip1', GOARCH: 'wasm' } }),
  args: [],
  linkerFlags: [],
});
