import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Numbers in [0, 1); the same seed gives the same row. */
export type Random = () => number;

/** A random source of its own for each purpose, so that drawing more for one never moves another. */
export function seededRandom(seed: number, ...purpose: readonly (string | number)[]): Random {
  const digest = createHash('sha256')
    .update([seed, ...purpose].join('/'))
    .digest();
  const generator = xoroshiro128plus(digest.readInt32LE(0));
  return () => uniformFloat64(generator);
}
