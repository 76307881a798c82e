import type { ArtefactUsed } from '../schema/index.js';

/** Names of the files that each shipped variant runs, as `fileName` makes them; the bench's own upstream has a line, too. */
export type KnownFiles = ReadonlyMap<string, ReadonlySet<string>>;

/** A file without what differs between checkouts and processors: `wasm/filterbench.wasm`, `ext-server`, `my-filter.wasm`. */
export function fileName(path: string): string {
  const isElsewhere = /^(?:\/|[A-Za-z]:[\\/])/.test(path);
  return isElsewhere ? (path.split(/[\\/]/).at(-1) ?? path) : path.replace(/^linux-[^/]+\//, '');
}

/**
 * What a variant is made of, of all files that its run names. A user's variant is known to nobody else: it has whatever is no shipped
 * variant's.
 */
export function filesOf(
  variant: string,
  artefacts: readonly ArtefactUsed[],
  known: KnownFiles,
): ArtefactUsed[] {
  const own = known.get(variant);
  const isOwn = (name: string) =>
    own === undefined ? ![...known.values()].some((names) => names.has(name)) : own.has(name);
  return artefacts
    .map((artefact) => ({ ...artefact, path: fileName(artefact.path) }))
    .filter(({ path }) => isOwn(path));
}
