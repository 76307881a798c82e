import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { MissingError } from '../errors.js';
import { fetchNothing, firstLine } from './command.js';
import { cCompiler, type FilterPlatform, filterPlatforms, isHost } from './platforms.js';

/** A Rust compiler that can build one kind of artefact. */
export interface Toolchain {
  /** What tells it apart: the same text gives the same bytes. */
  readonly id: string;
  /** What it compiles for, as Rust calls it. */
  readonly target: string;
  /** Where its standard library is, for --remap-path-prefix. */
  readonly sysroot: string;
  /** Cargo arguments and environment that choose it. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const installRust = 'install Rust 1.88 or later from https://rustup.rs';
const wasmTarget = 'wasm32-unknown-unknown';
// Debian's rustc-web comes with the sources of its own standard library, which are built on the spot.
const debianRustc = '/usr/bin/rustc';

/**
 * The toolchain for servers and dynamic modules.
 * @throws MissingError naming what to install.
 */
export async function nativeToolchain(platform: FilterPlatform = hostPlatform()): Promise<Toolchain> {
  const rust = await rustFor(platform.rustTarget, 'std,panic_unwind,panic_abort');
  const cc = await cCompiler(platform);
  const linker = `CARGO_TARGET_${platform.rustTarget.toUpperCase().replaceAll('-', '_')}_LINKER`;
  return { ...rust, id: `${rust.id}; ${cc.id}`, env: { ...rust.env, [linker]: cc.command } };
}

/**
 * The toolchain for Wasm.
 * @throws MissingError naming what to install.
 */
export async function wasmToolchain(): Promise<Toolchain> {
  const rust = await rustFor(wasmTarget, 'std,panic_abort');
  const { sysroot, host } = await rustup();
  // Debian's has no linker for Wasm of its own.
  const linker = `${sysroot}/lib/rustlib/${host}/bin/rust-lld`;
  return { ...rust, env: { ...rust.env, CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: linker } };
}

/** Rustup's compiler where it has a target's standard library, else Debian's, which builds the library from its source. */
async function rustFor(target: string, crates: string): Promise<Toolchain> {
  const { sysroot, version } = await rustup();
  const libdir = await firstLine('rustc', ['--print', 'target-libdir', '--target', target]);
  if (libdir !== null && existsSync(libdir)) {
    return { id: version, target, sysroot, args: ['--target', target], env: {} };
  }
  const debianSysroot = await firstLine(debianRustc, ['--print', 'sysroot']);
  if (debianSysroot === null || !existsSync(`${debianSysroot}/lib/rustlib/src/rust/library`)) {
    throw new MissingError(
      `no Rust here can build for ${target}`,
      `run "rustup target add ${target}", or on Debian "apt-get install rustc-web rust-web-src"`,
    );
  }
  return {
    id: `${await firstLine(debianRustc, ['-V'])}, std built from its source`,
    target,
    sysroot: `${debianSysroot}/lib/rustlib`,
    args: ['--target', target, '-Z', `build-std=${crates}`],
    env: { RUSTC: debianRustc, RUSTC_BOOTSTRAP: '1' },
  };
}

async function rustup(): Promise<{ version: string; host: string; sysroot: string }> {
  const { failed, stdout } = await execa('rustc', ['-vV'], { reject: false, env: fetchNothing });
  const sysroot = await firstLine('rustc', ['--print', 'sysroot']);
  const [version = '', ...about] = failed ? [] : stdout.split('\n');
  const host = about.find((line) => line.startsWith('host: '))?.slice('host: '.length);
  if (sysroot === null || host === undefined) {
    throw new MissingError('rustc is not installed: filters cannot be built', installRust);
  }
  return { version: version.trim(), host, sysroot };
}

function hostPlatform(): FilterPlatform {
  const platform = filterPlatforms.find(isHost);
  if (platform) return platform;
  throw new MissingError(`filters cannot be built for ${process.arch}`, 'use an x86-64 or arm64 machine');
}
