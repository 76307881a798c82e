import { join } from 'node:path';
import { BadInputError } from '../errors.js';
import { packagePaths } from '../paths.js';
import type { Article } from '../results/schema/index.js';
import { suggest } from '../suggest.js';
import { openYamlFile } from '../yaml-file.js';
import { fits } from './globs.js';
import { type Claim, claimsFileSchema } from './schema.js';

/** The article and its claims, in the order of the file. */
export interface Claims {
  readonly article: Article;
  readonly claims: readonly Claim[];
}

const file = join(packagePaths.scenarios, 'claims.yaml');

/**
 * Reads the claims with their predictions.
 * @throws BadInputError naming file, line and field, also where two claims have one id.
 */
export async function loadClaims(path: string = file): Promise<Claims> {
  const { value, complain } = await openYamlFile(path, claimsFileSchema);
  const ids = value.claims.map(({ id }) => id);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) < index);
  if (twice !== -1) throw complain(['claims', twice, 'id'], `${ids[twice]} is there already`);
  return value;
}

/**
 * The claims whose id fits one of the patterns, such as `perf-*`; all where there are none.
 * @throws BadInputError where a pattern fits no id, with the nearest one.
 */
export function selectClaims(claims: readonly Claim[], patterns: readonly string[]): Claim[] {
  const ids = claims.map(({ id }) => id);
  const idle = patterns.find((pattern) => !ids.some((id) => fits(id, pattern)));
  if (idle !== undefined) {
    throw new BadInputError(
      `no claim is called "${idle}"${suggest(idle, idle.includes('*') ? areasOf(ids) : ids)}`,
      `there are ${ids.join(', ')}`,
    );
  }
  return claims.filter(({ id }) => patterns.length === 0 || patterns.some((pattern) => fits(id, pattern)));
}

/** `perf-*` and its like, which a pattern was probably meant to be. */
function areasOf(ids: readonly string[]): string[] {
  const words = ids.map((id) => id.split('-'));
  return [...new Set(words.flatMap(([area, topic]) => [`${area}-*`, `${area}-${topic}-*`]))];
}
