import { prebuilt } from './prebuilt.js';
import { type Mechanism, supported, type Variant } from './types.js';

const rust: Variant = {
  id: 'wasm/rust',
  mechanism: 'wasm',
  class: 'in-process',
  config: 'wasm/rust',
  server: null,
  support: () => supported,
  artefacts: () => [prebuilt.wasm],
  variables: (_job, inside) => ({ module: inside.path(prebuilt.wasm) }),
  env: () => ({}),
  // Envoy counts no Wasm calls; a VM that trapped is gone from this gauge.
  counters: () => [{ gauge: 'wasm.envoy.wasm.runtime.v8.active', atLeast: 1 }],
};

export const wasm: Mechanism = { name: 'wasm', title: 'Wasm', variants: [rust] };
