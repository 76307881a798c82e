import type { Frame } from './frames.js';
import type { PlaceFinder } from './places/place.js';

/** Where one process spent its time, in samples. */
export interface ProcessSamples {
  samples: number;
  /** By place; their sum is `samples`. */
  readonly places: Map<string, number>;
  /** Stacks from the outermost function inwards, joined by semicolons. */
  readonly folded: Map<string, number>;
  /** By the function itself. */
  readonly functions: Map<string, number>;
  /** Taken in the filter, or in anything that it called. */
  underFilter: number;
}

/** Nothing sampled yet. */
export function noSamples(): ProcessSamples {
  return { samples: 0, places: new Map(), folded: new Map(), functions: new Map(), underFilter: 0 };
}

/** How samples of a process are read. */
export interface Reading {
  /** The outermost name in its stacks. */
  readonly root: string;
  readonly placeOf: PlaceFinder;
  readonly isUnderFilter: (frames: readonly Frame[]) => boolean;
}

/** Adds one sample; frames are from the innermost function outwards. */
export function addSample(into: ProcessSamples, frames: readonly Frame[], reading: Reading): void {
  into.samples += 1;
  count(into.places, reading.placeOf(frames));
  count(into.functions, frames[0]?.name ?? '[unknown]');
  count(into.folded, [reading.root, ...frames.map(writtenAs).reverse()].join(';'));
  if (reading.isUnderFilter(frames)) into.underFilter += 1;
}

/** The suffixes by which viewers of folded stacks tell kinds of code apart. */
function writtenAs({ name, kind }: Frame): string {
  if (kind === 'file') return name;
  return `${name}${kind === 'kernel' ? '_[k]' : '_[j]'}`;
}

function count(into: Map<string, number>, key: string): void {
  into.set(key, (into.get(key) ?? 0) + 1);
}

/** Folded stacks as text: a line each, and how often it was seen. Flame graph viewers such as speedscope read it. */
export function foldedText(folded: Iterable<readonly [string, number]>): string {
  return [...folded]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([stack, seen]) => `${stack} ${seen}\n`)
    .join('');
}
