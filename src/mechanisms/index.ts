import { BadInputError } from '../errors.js';
import { suggest } from '../suggest.js';
import { cpp } from './cpp.js';
import { dynamicModule } from './dynamic-module.js';
import { extAuthz } from './ext-authz.js';
import { extProc } from './ext-proc.js';
import { lua } from './lua.js';
import type { Mechanism, Variant } from './types.js';
import { wasm } from './wasm.js';

export * from './counters.js';
export * from './types.js';

/** All mechanisms, in the order of every table and chart. */
export const mechanisms: readonly Mechanism[] = [cpp, lua, wasm, dynamicModule, extProc, extAuthz];

/** Their names, in that order. */
export const mechanismNames: readonly string[] = mechanisms.map(({ name }) => name);

/** All variants, in order. */
export const variants: readonly Variant[] = mechanisms.flatMap((mechanism) => mechanism.variants);

/**
 * The variants that words name: a mechanism's name stands for all its variants, a variant's id for itself.
 * @throws BadInputError where a word is neither, with the nearest that is.
 */
export function selectVariants(words: readonly string[]): Variant[] {
  const ids = variants.map(({ id }) => id);
  const known = [...new Set<string>([...mechanismNames, ...ids])];
  for (const word of words) {
    if (!known.includes(word)) {
      throw new BadInputError(
        `unknown mechanism or variant "${word}"${suggest(word, known)}`,
        `mechanisms: ${mechanismNames.join(', ')}; variants: ${ids.join(', ')}`,
      );
    }
  }
  return variants.filter(({ id, mechanism }) => words.includes(id) || words.includes(mechanism));
}
