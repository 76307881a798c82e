import { packagePaths } from '../paths.js';
import type { Artefact } from './artefact.js';
import { featureOf, moduleLinking } from './cargo.js';
import { run } from './command.js';
import { filterPlatforms } from './platforms.js';
import { nativeToolchain } from './toolchain.js';

const source = 'faults/dynamic-module/src';
const shared = ['abi', 'panic_guard.rs', 'stream.rs'].map((name) => `dynamic-module/src/${name}`);

// It needs no crate, so no cargo: as a member of the workspace it would make every other Rust artefact stale.
// Nor is there a standard library at hand for other platforms, as cargo builds it: injected faults are for this one only.
const [platform] = filterPlatforms;

const flags = [
  ...['--edition=2021', '--crate-type=cdylib', '--crate-name=filterbench'],
  ...['-C', 'opt-level=3', '-C', 'codegen-units=1', '-C', 'strip=symbols', ...moduleLinking],
];

/** The faulty filter in Rust as a dynamic module for one ABI generation. */
export function moduleFaults(abi: string): Artefact {
  return {
    path: `${platform.name}/faults/${abi}/libfilterbench.so`,
    sources: [source, ...shared],
    sourceNames: /\.rs$/,
    abi,
    async prepare({ signal }) {
      const { id, sysroot, args } = await nativeToolchain(platform);
      const own = ['--cfg', `feature="${featureOf(abi)}"`, `--remap-path-prefix=${sysroot}=/rust`];
      return {
        id,
        compile: (path) =>
          run('rustc', [...flags, ...args, ...own, `${source}/lib.rs`, '-o', path], {
            cwd: packagePaths.filters,
            env: {},
            signal,
          }),
      };
    },
  };
}
