import { prebuilt } from './prebuilt.js';
import { type Mechanism, supported, type Variant } from './types.js';

const rust: Variant = {
  id: 'wasm/rust',
  mechanism: 'wasm',
  class: 'in-process',
  config: 'wasm/rust',
  extensions: [
    'envoy.filters.http.wasm',
    'envoy.extensions.filters.http.wasm.v3.Wasm',
    'envoy.wasm.runtime.v8',
  ],
  server: null,
  support: () => supported,
  artefacts: () => [prebuilt.wasm],
  variables: (_job, inside) => ({ module: inside.path(prebuilt.wasm) }),
  env: () => ({}),
  // Envoy counts no Wasm calls. A VM that traps answers 503 (it fails closed), which no response check lets pass.
  counters: () => [],
};

export const wasm: Mechanism = { name: 'wasm', title: 'Wasm', variants: [rust] };
