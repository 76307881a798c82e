import { closest, distance } from 'fastest-levenshtein';

/** ` (did you mean "x"?)` where a known word is near enough to be a slip, else nothing. */
export function suggest(word: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const nearest = closest(word, known);
  return distance(word, nearest) <= Math.max(2, Math.floor(word.length / 3))
    ? ` (did you mean "${nearest}"?)`
    : '';
}
