import { type Random, seededRandom } from '../../schedule/random.js';
import type { OpenLoopSlice } from '../slice.js';

/** The share of a load that one of several processes sends. */
export interface Share {
  readonly index: number;
  readonly of: number;
}

/**
 * Just before the window opens, counters are read, which takes the generator up to a millisecond. Nothing arrives then,
 * so that nothing is sent late by it.
 */
export const quietMs = 2;

/**
 * Intended starts in ms from the slice's start, in order, over lead and window.
 * Poisson processes superpose to one of the sum of their rates, so every process draws its own; equal gaps are dealt out in turn.
 */
export function intendedStarts(slice: OpenLoopSlice, { index, of }: Share): Float64Array {
  const gapMs = 1_000 / slice.rps;
  const endMs = slice.leadMs + slice.windowMs;
  const gaps =
    slice.arrivals === 'poisson'
      ? exponentialGaps(gapMs * of, seededRandom(slice.seed, 'arrivals', index))
      : // One phase for all processes; without one every slice would begin alike.
        equalGaps(gapMs * (index + seededRandom(slice.seed, 'phase')()), gapMs * of);
  const starts: number[] = [];
  let atMs = gaps();
  while (atMs < endMs) {
    if (atMs < slice.leadMs - quietMs || atMs >= slice.leadMs) starts.push(atMs);
    atMs += gaps();
  }
  return Float64Array.from(starts);
}

/** Gaps of a Poisson process, by inversion of the exponential distribution function. */
export function exponentialGaps(meanMs: number, random: Random): () => number {
  return () => -Math.log(1 - random()) * meanMs;
}

function equalGaps(firstMs: number, gapMs: number): () => number {
  let next = firstMs;
  return () => {
    const gap = next;
    next = gapMs;
    return gap;
  };
}
