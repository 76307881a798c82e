import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { FailedError } from '../errors.js';
import { packagePaths } from '../paths.js';
import { type Artefact, artefacts } from './artefacts.js';
import { type ManifestEntry, sha256Of, sourceHash } from './manifest.js';
import { nativeTarget, nativeToolchain, type Toolchain, wasmTarget, wasmToolchain } from './toolchain.js';

export interface BuildOptions {
  /** Where the artefacts go; laid out as filters/prebuilt. */
  readonly outDir: string;
  /** Cargo's target directory. */
  readonly targetDir: string;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

/**
 * Builds every artefact from source.
 * @returns what the manifest says of them.
 * @throws MissingError where a toolchain is missing; FailedError where cargo fails.
 */
export async function buildFilters(options: BuildOptions): Promise<ManifestEntry[]> {
  const toolchains = { native: await nativeToolchain(), wasm: await wasmToolchain() };
  // The registry's folder must be there before it can be remapped.
  await cargo(['fetch', '--locked'], {}, options);
  const entries: ManifestEntry[] = [];
  for (const artefact of artefacts) {
    options.onProgress(`building ${artefact.path}`);
    const toolchain = artefact.kind === 'wasm' ? toolchains.wasm : toolchains.native;
    entries.push(await buildOne(artefact, toolchain, options));
  }
  return entries;
}

async function buildOne(
  artefact: Artefact,
  toolchain: Toolchain,
  options: BuildOptions,
): Promise<ManifestEntry> {
  const features =
    artefact.abi === null ? [] : ['--no-default-features', '--features', featureOf(artefact.abi)];
  const args = ['build', '--locked', '--release', '-p', artefact.crate, ...features, ...toolchain.args];
  await cargo(args, { ...toolchain.env, RUSTFLAGS: rustFlags(artefact, toolchain, options) }, options);
  const target = artefact.kind === 'wasm' ? wasmTarget : nativeTarget;
  const built = join(options.targetDir, target, 'release', artefact.output);
  const path = join(options.outDir, artefact.path);
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(built, path);
  return {
    path: artefact.path,
    bytes: statSync(path).size,
    sha256: sha256Of(path),
    sourceHash: await sourceHash(artefact),
    toolchain: toolchain.id,
    abi: artefact.abi,
    minGlibc: artefact.kind === 'module' ? newestGlibcSymbol(path) : null,
  };
}

function featureOf(abi: string): string {
  return `abi-${abi.replace('.', '-')}`;
}

// What each kind is linked with: servers run in any Linux container; a module must not need libgcc_s, which Envoy's
// own image may lack.
const linking: Readonly<Record<Artefact['kind'], readonly string[]>> = {
  wasm: [],
  module: ['-C', 'link-arg=-static-libgcc'],
  'static-server': ['-C', 'target-feature=+crt-static'],
};

/** No path of the machine may get into an artefact: bytes are the same wherever it is built. */
function rustFlags({ kind }: Artefact, { sysroot }: Toolchain, { targetDir }: BuildOptions): string {
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

async function cargo(
  args: readonly string[],
  env: Record<string, string>,
  options: BuildOptions,
): Promise<void> {
  const result = await execa('cargo', args, {
    cwd: packagePaths.filters,
    env: { ...env, CARGO_TARGET_DIR: options.targetDir },
    reject: false,
    cancelSignal: options.signal,
    all: true,
  });
  options.signal.throwIfAborted();
  if (!result.failed) return;
  const tail = result.all.split('\n').slice(-20).join('\n');
  throw new FailedError(`cargo ${args.slice(0, 5).join(' ')} failed:\n${tail}`, 'mend what cargo says');
}

/** The newest `GLIBC_x.y` that an ELF file names: the oldest glibc that it loads with. */
function newestGlibcSymbol(path: string): string | null {
  const names = readFileSync(path, 'latin1').matchAll(/GLIBC_(\d+)\.(\d+)/g);
  const versions = [...names].map(([, major, minor]) => [Number(major), Number(minor)] as const);
  const newest = versions.sort((a, b) => a[0] - b[0] || a[1] - b[1]).at(-1);
  return newest ? newest.join('.') : null;
}
