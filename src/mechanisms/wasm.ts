import { inLanguage } from './languages.js';
import { prebuilt } from './prebuilt.js';
import { type Mechanism, supported, type Variant } from './types.js';

function moduleOf(id: string, path: string, support: Variant['support']): Variant {
  return {
    id,
    mechanism: 'wasm',
    class: 'in-process',
    config: 'wasm/rust',
    extensions: [
      'envoy.filters.http.wasm',
      'envoy.extensions.filters.http.wasm.v3.Wasm',
      'envoy.wasm.runtime.v8',
    ],
    server: null,
    support,
    artefacts: () => [path],
    variables: (_job, inside) => ({ module: inside.path(path) }),
    env: () => ({}),
    // Envoy counts no Wasm calls. A VM that traps answers 503 (it fails closed), which no response check lets pass.
    counters: () => [],
  };
}

export const wasm: Mechanism = {
  name: 'wasm',
  title: 'Wasm',
  variants: [
    moduleOf('wasm/rust', prebuilt.wasm, () => supported),
    { ...moduleOf('wasm/c', prebuilt.wasmC, (job) => inLanguage('C', job)), aside: true },
    { ...moduleOf('wasm/cpp', prebuilt.wasmCpp, (job) => inLanguage('C++', job)), aside: true },
    {
      ...moduleOf('wasm/assemblyscript', prebuilt.wasmAssemblyscript, (job) =>
        inLanguage('AssemblyScript', job),
      ),
      aside: true,
    },
    { ...moduleOf('wasm/go', prebuilt.wasmGo, (job) => inLanguage('Go', job)), aside: true },
  ],
};
