import { closest, distance } from 'fastest-levenshtein';

/** ` (did you mean "x"?)` where a known word is near enough to be a slip, else nothing. Capitals are no difference. */
export function suggest(word: string, known: readonly string[]): string {
  const nearest = nearestOf(word, known);
  return nearest === null ? '' : ` (did you mean "${nearest}"?)`;
}

/** As `suggest`, where any part of a name will do: names, and what stands between their `/`, `:`, `@` and spaces. */
export function suggestPart(word: string, names: readonly string[]): string {
  return suggest(word, [...new Set(names.flatMap((name) => [...name.split(/[/:@ ]+/), name]))]);
}

function nearestOf(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const lower = known.map((name) => name.toLowerCase());
  const nearest = closest(word.toLowerCase(), lower);
  if (distance(word.toLowerCase(), nearest) > Math.max(2, Math.floor(word.length / 3))) return null;
  return known[lower.indexOf(nearest)] ?? null;
}
