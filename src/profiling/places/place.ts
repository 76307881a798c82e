import type { Frame } from '../frames.js';

/** A rule: what runs in a function whose owner (or name) fits belongs to this place. */
export interface Rule {
  readonly place: string;
  readonly fits: RegExp;
}

/** Finds the place of one sample; frames are from the innermost function outwards. */
export type PlaceFinder = (frames: readonly Frame[]) => string;

/** The place of a function by the first rule that fits; null where none does. */
export function placeBy(rules: readonly Rule[], text: string): string | null {
  return rules.find(({ fits }) => fits.test(text))?.place ?? null;
}

/** What a function is told by. */
export function ownerOf({ owner, name }: Frame): string {
  return owner ?? name;
}
