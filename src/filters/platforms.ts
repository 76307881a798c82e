import { execa } from 'execa';
import { MissingError } from '../errors.js';
import { firstLine } from './command.js';

/** A Linux that filters are compiled for. */
export interface FilterPlatform {
  /** Its folder in filters/prebuilt. */
  readonly name: 'linux-x64' | 'linux-arm64';
  readonly rustTarget: 'x86_64-unknown-linux-gnu' | 'aarch64-unknown-linux-gnu';
  readonly goArch: 'amd64' | 'arm64';
  /** What a machine of another kind compiles C for it with, and Debian's packages of that. */
  readonly crossCompiler: string;
  readonly crossPackages: string;
}

const x64: FilterPlatform = {
  name: 'linux-x64',
  rustTarget: 'x86_64-unknown-linux-gnu',
  goArch: 'amd64',
  crossCompiler: 'x86_64-linux-gnu-gcc',
  crossPackages: 'gcc-x86-64-linux-gnu libc6-dev-amd64-cross',
};

const arm64: FilterPlatform = {
  name: 'linux-arm64',
  rustTarget: 'aarch64-unknown-linux-gnu',
  goArch: 'arm64',
  crossCompiler: 'aarch64-linux-gnu-gcc',
  crossPackages: 'gcc-aarch64-linux-gnu libc6-dev-arm64-cross',
};

/** Everything that has a folder of its own; Wasm is the same on all. */
export const filterPlatforms = [x64, arm64] as const;

/** A C compiler and its C library, by which Rust and Go link, too. */
export interface CCompiler {
  readonly command: string;
  /** What tells it apart: the same text gives the same bytes. */
  readonly id: string;
}

/** Whether what is compiled for it runs on the processor that is here. */
export function isHost({ name }: FilterPlatform): boolean {
  return name.endsWith(`-${process.arch}`);
}

/**
 * The C compiler for a platform.
 * @throws MissingError naming what to install.
 */
export async function cCompiler(platform: FilterPlatform): Promise<CCompiler> {
  const command = isHost(platform) ? 'cc' : platform.crossCompiler;
  const version = await firstLine(command, ['--version']);
  if (version === null) {
    const packages = isHost(platform) ? 'gcc libc6-dev' : platform.crossPackages;
    throw new MissingError(
      `${command} is not installed: filters for ${platform.name} cannot be built`,
      `install it (Debian: apt-get install ${packages}), or name only what you need: "filterbench filters build wasm"`,
    );
  }
  return { command, id: `${version}; ${await libcOf(command)}` };
}

// Its own headers know, also where it compiles for another machine.
async function libcOf(command: string): Promise<string> {
  const { failed, stdout } = await execa(command, ['-E', '-P', '-x', 'c', '-'], {
    input: '#include <features.h>\nglibc __GLIBC__.__GLIBC_MINOR__\n',
    reject: false,
  });
  const line = failed ? undefined : stdout.trim().split('\n').at(-1);
  return line?.replaceAll(' . ', '.') ?? 'unknown libc';
}
