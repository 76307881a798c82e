import { BadInputError } from '../errors.js';
import { type VariantSources, variantSources } from './sources.js';

/**
 * The variants whose name holds one of the words; all where there is none.
 * @throws BadInputError where a word fits none.
 */
export function selectSources(words: readonly string[]): readonly VariantSources[] {
  const fits = ({ variant }: VariantSources, word: string) => variant.includes(word);
  const useless = words.find((word) => !variantSources.some((each) => fits(each, word)));
  if (useless !== undefined) {
    throw new BadInputError(
      `no variant has '${useless}' in its name`,
      `the names are ${variantSources.map(({ variant }) => variant).join(', ')}`,
    );
  }
  if (words.length === 0) return variantSources;
  return variantSources.filter((each) => words.some((word) => fits(each, word)));
}
