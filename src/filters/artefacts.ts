/** One compiled thing in filters/prebuilt, and how cargo makes it. */
export interface Artefact {
  /** Under filters/prebuilt, with `/`. */
  readonly path: string;
  /** Cargo's package. */
  readonly crate: string;
  /** Folders of filters/ whose sources go into it. */
  readonly sources: readonly string[];
  readonly kind: 'wasm' | 'module' | 'static-server';
  /** ABI generation of a dynamic module, as in its folder's name. */
  readonly abi: string | null;
  /** What cargo calls its output. */
  readonly output: string;
}

const server = { kind: 'static-server', abi: null } as const;

function dynamicModule(abi: string): Artefact {
  return {
    path: `linux-x64/dynamic-module/${abi}/libfilterbench.so`,
    crate: 'filterbench-dynamic-module',
    sources: ['burn', 'core', 'dynamic-module'],
    kind: 'module',
    abi,
    output: 'libfilterbench.so',
  };
}

/** Everything that is shipped compiled. */
export const artefacts: readonly Artefact[] = [
  {
    path: 'wasm/filterbench.wasm',
    crate: 'filterbench-wasm',
    sources: ['core', 'wasm'],
    kind: 'wasm',
    abi: null,
    output: 'filterbench.wasm',
  },
  ...['1.36', '1.37', 'v0.1', 'v0.2'].map(dynamicModule),
  {
    ...server,
    path: 'linux-x64/ext-server',
    crate: 'filterbench-ext-server',
    sources: ['burn', 'core', 'service', 'ext-server'],
    output: 'ext-server',
  },
  {
    ...server,
    path: 'linux-x64/upstream',
    crate: 'filterbench-upstream',
    sources: ['service', 'upstream'],
    output: 'upstream',
  },
];
