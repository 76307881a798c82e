import { MissingError } from '../errors.js';
import { packagePaths } from '../paths.js';
import type { Artefact } from './artefact.js';
import { cFiles, cSourceNames } from './c-sources.js';
import { firstLine, run } from './command.js';

const folders = ['c-core', 'dynamic-module-c'];

const flags = [
  ...['-std=gnu11', '-O3', '-fPIC', '-fvisibility=hidden', '-shared', '-s'],
  // Bound at once: a module of another ABI must be refused as it is loaded, not kill Envoy at its first request.
  ...['-Wl,-z,now', '-Wl,--build-id=none', '-static-libgcc'],
];

/** The jobs in C as a dynamic module for one ABI generation. */
export function dynamicModuleC(abi: string): Artefact {
  return {
    path: `linux-x64/dynamic-module-c/${abi}/libfilterbench.so`,
    sources: folders,
    sourceNames: cSourceNames,
    abi,
    async prepare({ signal }) {
      const cc = await firstLine('cc', ['--version']);
      if (cc === null) {
        throw new MissingError(
          'cc is not installed: the dynamic module in C cannot be built',
          'install a C compiler (Debian: apt-get install gcc libc6-dev)',
        );
      }
      const libc = (await firstLine('getconf', ['GNU_LIBC_VERSION'])) ?? 'unknown libc';
      const macro = `-DABI_${abi.toUpperCase().replace('.', '_')}`;
      return {
        id: `${cc}; ${libc}`,
        compile: (path) =>
          run('cc', [...flags, macro, ...cFiles(folders), '-o', path], {
            cwd: packagePaths.filters,
            env: {},
            signal,
          }),
      };
    },
  };
}
