import { dirname, resolve } from 'node:path';
import type { Inside } from '../../runtime/types.js';
import type { OwnVariantFile } from './schema.js';

/** A file that a user's filter reads, and the name that stands for it. */
export interface OwnRead {
  readonly name: string;
  /** Absolute, on this host. */
  readonly path: string;
}

/** Where everything is that a user's filter is made of: absolute paths on this host. */
export interface OwnPaths {
  /** The YAML file itself. */
  readonly definition: string;
  readonly reads: readonly OwnRead[];
  /** Of its process; null where it has none. */
  readonly program: string | null;
}

/** Paths in the YAML file are relative to it. */
export function ownPaths(path: string, { reads, process: own }: OwnVariantFile): OwnPaths {
  const definition = resolve(path);
  const dir = dirname(definition);
  return {
    definition,
    reads: Object.entries(reads).map(([name, relative]) => ({ name, path: resolve(dir, relative) })),
    program: own ? resolve(dir, own.program) : null,
  };
}

/** What may be named of the files: each itself, and its folder. */
export function ownNames(reads: readonly OwnRead[]): string[] {
  return reads.flatMap(({ name }) => [name, folderOf(name)]);
}

/** What these names stand for inside. */
export function pathsInside(reads: readonly OwnRead[], inside: Inside): Record<string, string> {
  return Object.fromEntries(
    reads.flatMap(({ name, path }) => {
      const seen = inside.path(path);
      return [
        [name, seen],
        [folderOf(name), dirname(seen)],
      ];
    }),
  );
}

function folderOf(name: string): string {
  return `${name}.dir`;
}
