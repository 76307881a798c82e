import { seededRandom } from '../../src/schedule/random.js';

/** Seeded standard normal draws (Box & Muller 1958) and uniform ones, from one source. */
export interface Draws {
  readonly uniform: () => number;
  readonly normal: () => number;
}

export function draws(purpose: string): Draws {
  const uniform = seededRandom(20_260_101, purpose);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** How often, over seeded repeats, something holds. */
export function shareOf(repeats: number, holds: (run: number) => boolean): number {
  let held = 0;
  for (let run = 0; run < repeats; run += 1) if (holds(run)) held += 1;
  return held / repeats;
}
