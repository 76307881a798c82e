import { join } from 'node:path';
import { MissingError } from '../errors.js';
import { packagePaths } from '../paths.js';
import type { Artefact } from './artefact.js';
import { cFiles, cSourceNames } from './c-sources.js';
import { firstLine, run } from './command.js';

const flags = [
  ...['-target', 'wasm32-freestanding', '-std=gnu11', '-O3'],
  // There is no C library: a loop must not become a call into it.
  ...['-ffreestanding', '-fno-builtin', '-nostdlib'],
  // A loader of modules calls what is exported; there is no `main`.
  ...['-Wl,--no-entry', '-Wl,--strip-all', '-Wl,-z,stack-size=16384'],
];

/** A Proxy-Wasm module in C; `zig cc` is clang with a linker for Wasm. */
function wasmOf(path: string, folders: readonly string[], headers: readonly string[] = []): Artefact {
  return {
    path,
    sources: [...folders, ...headers],
    sourceNames: cSourceNames,
    abi: null,
    async prepare({ targetDir, signal }) {
      const zig = await findZig();
      const cache = join(targetDir, 'zig');
      const env = { ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache };
      return {
        id: `zig ${zig.version}`,
        compile: (output) =>
          run(zig.command, [...zig.args, 'cc', ...flags, ...cFiles(folders), '-o', output], {
            cwd: packagePaths.filters,
            env,
            signal,
          }),
      };
    },
  };
}

/** The jobs. */
export const wasmC = wasmOf('wasm/filterbench-c.wasm', ['c-core', 'wasm-c']);

/** The faults; it shares the host's functions with the jobs. */
export const wasmFaults = wasmOf('faults/faults.wasm', ['faults/wasm-c'], ['wasm-c/host.h']);

interface Zig {
  readonly command: string;
  readonly args: readonly string[];
  readonly version: string;
}

/** The Zig that is here. @throws MissingError where there is none. */
export async function findZig(): Promise<Zig> {
  const places = [
    { command: 'zig', args: [] },
    // The Python package of that name is a whole Zig.
    { command: 'python3', args: ['-m', 'ziglang'] },
  ];
  for (const place of places) {
    const version = await firstLine(place.command, [...place.args, 'version']);
    if (version !== null) return { ...place, version };
  }
  throw new MissingError(
    'zig is not installed: the Wasm module in C cannot be built',
    'run "pip install ziglang" in a virtual environment, and put its bin folder into PATH',
  );
}
