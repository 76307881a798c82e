import { existsSync } from 'node:fs';
import { MissingError } from '../errors.js';
import { firstLine } from './command.js';

/** A compiler that can build one kind of artefact. */
export interface Toolchain {
  /** What tells it apart: the same text gives the same bytes. */
  readonly id: string;
  /** Where its standard library is, for --remap-path-prefix. */
  readonly sysroot: string;
  /** Cargo arguments and environment that choose it. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const nextNative =
  'install Rust 1.88 or later from https://rustup.rs, and a C linker (Debian: apt-get install gcc)';
const nextWasm =
  'run "rustup target add wasm32-unknown-unknown", or on Debian "apt-get install rustc-web rust-web-src"';

/** The toolchain for servers and dynamic modules. @throws MissingError naming what to install. */
export async function nativeToolchain(): Promise<Toolchain> {
  const rustc = await firstLine('rustc', ['-V']);
  const cc = await firstLine('cc', ['--version']);
  if (rustc === null || cc === null) {
    throw new MissingError(
      `${rustc === null ? 'rustc' : 'cc'} is not installed: filters cannot be built`,
      nextNative,
    );
  }
  const libc = (await firstLine('getconf', ['GNU_LIBC_VERSION'])) ?? 'unknown libc';
  const sysroot = (await firstLine('rustc', ['--print', 'sysroot'])) ?? '';
  return { id: `${rustc}; ${cc}; ${libc}`, sysroot, args: ['--target', nativeTarget], env: {} };
}

export const nativeTarget = 'x86_64-unknown-linux-gnu';
export const wasmTarget = 'wasm32-unknown-unknown';
// Debian's rustc-web comes with the sources of its own standard library, which are built on the spot.
const debianRustc = '/usr/bin/rustc';

/** The toolchain for Wasm: rustup's where it has the target, else Debian's. @throws MissingError naming what to install. */
export async function wasmToolchain(): Promise<Toolchain> {
  const libdir = await firstLine('rustc', ['--print', 'target-libdir', '--target', wasmTarget]);
  const sysroot = await firstLine('rustc', ['--print', 'sysroot']);
  if (sysroot === null) throw new MissingError('rustc is not installed: filters cannot be built', nextNative);
  if (libdir !== null && existsSync(libdir)) {
    const id = `${await firstLine('rustc', ['-V'])}`;
    return { id, sysroot, args: ['--target', wasmTarget], env: {} };
  }
  const debianSysroot = await firstLine(debianRustc, ['--print', 'sysroot']);
  if (debianSysroot === null || !existsSync(`${debianSysroot}/lib/rustlib/src/rust/library`)) {
    throw new MissingError('no Rust here can build for wasm32-unknown-unknown', nextWasm);
  }
  return {
    id: `${await firstLine(debianRustc, ['-V'])}, std built from its source`,
    sysroot: `${debianSysroot}/lib/rustlib`,
    args: ['--target', wasmTarget, '-Z', 'build-std=std,panic_abort'],
    env: {
      RUSTC: debianRustc,
      RUSTC_BOOTSTRAP: '1',
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: `${sysroot}/lib/rustlib/${nativeTarget}/bin/rust-lld`,
    },
  };
}
