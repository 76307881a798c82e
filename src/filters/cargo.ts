import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { packagePaths } from '../paths.js';
import type { Artefact, BuildOptions } from './artefact.js';
import { run } from './command.js';
import type { FilterPlatform } from './platforms.js';
import { nativeToolchain, type Toolchain, wasmToolchain } from './toolchain.js';

/** What cargo makes. */
export interface CargoTarget {
  readonly path: string;
  /** Cargo's package. */
  readonly crate: string;
  /** Folders of filters/ whose sources go into it. */
  readonly crates: readonly string[];
  readonly kind: 'wasm' | 'module' | 'static-server';
  /** Null for Wasm, which is the same on all. */
  readonly platform: FilterPlatform | null;
  readonly abi: string | null;
  /** What cargo calls its output. */
  readonly output: string;
}

/** An artefact that is built from Rust. */
export function cargoArtefact(target: CargoTarget): Artefact {
  return {
    path: target.path,
    sources: ['Cargo.toml', 'Cargo.lock', ...target.crates],
    sourceNames: /^(?!.*\/(?:tests|examples)\/).*(?<!_tests)\.(?:rs|toml)$/,
    abi: target.abi,
    async prepare(options) {
      const toolchain = target.platform ? await nativeToolchain(target.platform) : await wasmToolchain();
      // The registry's folder must be there before it can be remapped.
      await cargo(['fetch', '--locked'], {}, options);
      return { id: toolchain.id, compile: (path) => build(target, toolchain, options, path) };
    },
  };
}

async function build(target: CargoTarget, toolchain: Toolchain, options: BuildOptions, path: string) {
  const features = target.abi === null ? [] : ['--no-default-features', '--features', featureOf(target.abi)];
  const args = ['build', '--locked', '--release', '-p', target.crate, ...features, ...toolchain.args];
  await cargo(args, { ...toolchain.env, RUSTFLAGS: rustFlags(target, toolchain, options) }, options);
  copyFileSync(join(options.targetDir, toolchain.target, 'release', target.output), path);
}

/** What a module's sources call an ABI generation. */
export function featureOf(abi: string): string {
  return `abi-${abi.replace('.', '-')}`;
}

/** A module must not need libgcc_s, which Envoy's own image may lack. */
export const moduleLinking = ['-C', 'link-arg=-static-libgcc'];

// What each kind is linked with: servers run in any Linux container.
const linking: Readonly<Record<CargoTarget['kind'], readonly string[]>> = {
  wasm: [],
  module: moduleLinking,
  'static-server': ['-C', 'target-feature=+crt-static'],
};

/** No path of the machine may get into an artefact: bytes are the same wherever it is built. */
function rustFlags({ kind }: CargoTarget, { sysroot }: Toolchain, { targetDir }: BuildOptions): string {
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  const registries = join(cargoHome, 'registry', 'src');
  const crates = existsSync(registries) ? readdirSync(registries).map((name) => join(registries, name)) : [];
  const prefixes: [string, string][] = [
    [join(packagePaths.filters), '/filters'],
    [targetDir, '/target'],
    [cargoHome, '/cargo'],
    // Of two prefixes that fit, the later one wins.
    ...crates.map((dir): [string, string] => [dir, '/crates']),
    [sysroot, '/rust'],
  ];
  const remaps = prefixes.map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
  return [...linking[kind], ...remaps].join(' ');
}

async function cargo(args: readonly string[], env: Record<string, string>, options: BuildOptions) {
  const { targetDir, signal } = options;
  await run('cargo', args, {
    cwd: packagePaths.filters,
    env: { ...env, CARGO_TARGET_DIR: targetDir },
    signal,
  });
}
