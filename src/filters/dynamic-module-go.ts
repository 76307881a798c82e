import type { Artefact } from './artefact.js';
import { findGo, goArtefact } from './go.js';
import { cCompiler, type FilterPlatform } from './platforms.js';

// Versions of Envoy's Go SDK, by the ABI that they speak; they differ in what they hand over.
const sdks = {
  '1.37': { modules: 'go.abi-1.37', args: ['-modfile=go.abi-1.37.mod', '-tags=abi_1_37'] },
  'v0.1': { modules: 'go', args: [] },
} as const;

/** The ABI generations that the module in Go is built for. */
export const goGenerations = Object.keys(sdks) as (keyof typeof sdks)[];

// The SDK keeps Go's pointers in Envoy, which the checks of cgo forbid; and a module of another ABI must be refused as
// it is loaded.
const linkerFlags = [
  '-X=runtime.godebugDefault=cgocheck=0',
  '"-extldflags=-Wl,--build-id=none -Wl,-z,now -static-libgcc"',
];

/** The jobs in Go as a dynamic module for one ABI generation on one platform. */
export function dynamicModuleGo(abi: keyof typeof sdks, platform: FilterPlatform): Artefact {
  const { modules, args } = sdks[abi];
  return goArtefact({
    path: `${platform.name}/dynamic-module-go/${abi}/libfilterbench.so`,
    abi,
    package: 'dynamic-module',
    modules: [`${modules}.mod`, `${modules}.sum`],
    async toolchain() {
      const go = await findGo();
      const cc = await cCompiler(platform);
      return {
        id: `${go}; ${cc.id}`,
        // Debug information names folders, and is not kept.
        env: {
          GOOS: 'linux',
          GOARCH: platform.goArch,
          CGO_ENABLED: '1',
          CC: cc.command,
          CGO_CFLAGS: '-O2 -g0',
          CGO_LDFLAGS: '',
        },
      };
    },
    args,
    linkerFlags,
  });
}
