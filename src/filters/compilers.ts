import { findGo } from './go.js';
import { cCompiler, filterPlatforms } from './platforms.js';
import { nativeToolchain, wasmToolchain } from './toolchain.js';
import { findZig } from './zig.js';

/** A compiler that `filters build` needs. */
export interface NeededCompiler {
  readonly name: string;
  /** @throws MissingError naming what to install. */
  find(): Promise<unknown>;
}

/** All that building every artefact needs, but for npm, which comes with Node. */
export const compilers: readonly NeededCompiler[] = [
  ...filterPlatforms.flatMap((platform) => [
    { name: `a C compiler for ${platform.name}`, find: () => cCompiler(platform) },
    { name: `Rust for ${platform.name}`, find: () => nativeToolchain(platform) },
  ]),
  { name: 'Rust for Wasm', find: wasmToolchain },
  { name: 'Go', find: findGo },
  { name: 'zig', find: findZig },
];
