import { packagePaths } from '../paths.js';
import type { Artefact } from './artefact.js';
import { cFiles, cSourceNames } from './c-sources.js';
import { run } from './command.js';
import { cCompiler, type FilterPlatform } from './platforms.js';

const folders = ['c-core', 'dynamic-module-c'];

const flags = [
  ...['-std=gnu11', '-O3', '-fPIC', '-fvisibility=hidden', '-shared', '-s'],
  // Bound at once: a module of another ABI must be refused as it is loaded, not kill Envoy at its first request.
  ...['-Wl,-z,now', '-Wl,--build-id=none', '-static-libgcc'],
];

/** The jobs in C as a dynamic module for one ABI generation on one platform. */
export function dynamicModuleC(abi: string, platform: FilterPlatform): Artefact {
  return {
    path: `${platform.name}/dynamic-module-c/${abi}/libfilterbench.so`,
    sources: folders,
    sourceNames: cSourceNames,
    abi,
    async prepare({ signal }) {
      const { command, id } = await cCompiler(platform);
      const macro = `-DABI_${abi.toUpperCase().replace('.', '_')}`;
      return {
        id,
        compile: (path) =>
          run(command, [...flags, macro, ...cFiles(folders), '-o', path], {
            cwd: packagePaths.filters,
            env: {},
            signal,
          }),
      };
    },
  };
}
