import { join } from 'node:path';
import { MissingError } from '../errors.js';
import { packagePaths } from '../paths.js';
import type { Artefact } from './artefact.js';
import { cFiles, cSourceNames } from './c-sources.js';
import { firstLine, run } from './command.js';

interface ZigModule {
  readonly path: string;
  /** Folders of filters/ whose files are compiled. */
  readonly folders: readonly string[];
  /** Single files that these include from elsewhere. */
  readonly headers?: readonly string[];
  readonly compiler: 'cc' | 'c++';
  readonly flags: readonly string[];
}

/** A Proxy-Wasm module in C or C++; `zig cc` is clang with a linker for Wasm. */
export function zigArtefact({ path, folders, headers = [], compiler, flags }: ZigModule): Artefact {
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
          run(zig.command, [...zig.args, compiler, ...flags, ...cFiles(folders), '-o', output], {
            cwd: packagePaths.filters,
            env,
            signal,
          }),
      };
    },
  };
}

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
    'zig is not installed: the Wasm modules in C and C++ cannot be built',
    'run "pip install ziglang" in a virtual environment, and put its bin folder into PATH',
  );
}
