import { BadInputError } from '../errors.js';
import { suggestPart } from '../suggest.js';
import { extAuthzProbes } from './ext-authz.js';
import { extProcBodyProbes } from './ext-proc-bodies.js';
import { extProcHttpProbes } from './ext-proc-http.js';
import { languageProbes } from './languages.js';
import { luaProbes } from './lua.js';
import type { Probe } from './probe.js';
import { swapProbes } from './swap/index.js';
import { wasmRuntimeProbes } from './wasm-runtimes.js';

/** All probes, in the order of every table. */
export const probes: readonly Probe[] = [
  ...extAuthzProbes,
  ...extProcBodyProbes,
  ...extProcHttpProbes,
  ...luaProbes,
  ...wasmRuntimeProbes,
  ...languageProbes,
  ...swapProbes,
];

/**
 * The probes that words name: each is a part of a probe's id, or of a claim's; none names all.
 * @throws BadInputError where a word names none.
 */
export function selectProbes(words: readonly string[]): readonly Probe[] {
  const isNamed = ({ id, claims }: Probe, word: string) =>
    id.includes(word) || claims.some((claim) => claim.includes(word));
  const unknown = words.find((word) => !probes.some((probe) => isNamed(probe, word)));
  if (unknown !== undefined) {
    const ids = probes.map(({ id }) => id);
    const near = suggestPart(unknown, [...ids, ...probes.flatMap(({ claims }) => claims)]);
    throw new BadInputError(`no probe is called "${unknown}"${near}`, `there are ${ids.join(', ')}`);
  }
  return words.length === 0 ? probes : probes.filter((probe) => words.some((word) => isNamed(probe, word)));
}
