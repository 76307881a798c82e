import { shuffle } from 'simple-statistics';
import { type ArmIdentity, isReference } from '../results/schema/index.js';
import type { Random } from './random.js';
import { blocksOfRound } from './time-estimate.js';

/** One place in a round: which arm, in which block. */
export interface Turn {
  readonly arm: string;
  readonly block: number;
}

/**
 * The order of one round: every arm once, shuffled and dealt into blocks of like size, each block with a baseline slice
 * of its own at a random place in it.
 * @param windowMs length of a slice's inner window, which says how many slices a block may hold
 */
export function orderOfRound(arms: readonly ArmIdentity[], windowMs: number, random: Random): Turn[] {
  const references = arms.filter(isReference);
  const others = shuffle(
    arms.filter((arm) => !isReference(arm)),
    random,
  );
  const count = blocksOfRound(arms, windowMs);
  return Array.from({ length: count }, (_, block) => {
    const members = others.filter((_, index) => index % count === block);
    return shuffle([...references, ...members], random).map((arm): Turn => ({ arm: arm.id, block }));
  }).flat();
}
