import type { Span } from './cards.js';

/** What a word may be: as short as this, there would be little to tell it by. */
export const wordLetters = { fewest: 3, most: 64 };

/**
 * Finds any of a list of words in one go over a body, looking at two bytes of it for about each length of the shortest
 * word (S. Wu and U. Manber, A fast algorithm for multi-pattern searching, 1994).
 */
export class WordFinder {
  /** By the last two bytes of a window as long as the shortest word: how far it can be moved without missing one. */
  private readonly shifts = new Uint8Array(1 << 16);
  /** The words that may begin where a window does which ends with these two bytes. */
  private readonly candidates = new Map<number, Buffer[]>();
  private readonly window: number;

  /** @param words at least one, each of `wordLetters` ASCII letters */
  constructor(words: readonly string[]) {
    this.window = Math.min(...words.map(({ length }) => length));
    this.shifts.fill(this.window - 1);
    for (const word of words) this.add(Buffer.from(word, 'latin1'));
  }

  private add(word: Buffer): void {
    for (let last = 1; last < this.window; last += 1) {
      const block = blockAt(word, last);
      this.shifts[block] = Math.min(this.shifts[block] ?? 0, this.window - 1 - last);
    }
    const block = blockAt(word, this.window - 1);
    this.candidates.set(block, [...(this.candidates.get(block) ?? []), word]);
  }

  /** The first word that begins at `from` or later. */
  next(body: Buffer, from: number): Span | null {
    const { shifts, window } = this;
    let last = from + window - 1;
    while (last < body.length) {
      const block = blockAt(body, last);
      const shift = shifts[block] ?? 0;
      if (shift > 0) {
        last += shift;
        continue;
      }
      const start = last - window + 1;
      // Most windows that end like a word are none: nothing is made for them, and no function of Node's is called.
      for (const word of this.candidates.get(block) ?? noWords) {
        if (isAt(body, start, word)) return { start, end: start + word.length };
      }
      last += 1;
    }
    return null;
  }
}

const noWords: readonly Buffer[] = [];

function blockAt(bytes: Buffer, last: number): number {
  return ((bytes[last - 1] ?? 0) << 8) | (bytes[last] ?? 0);
}

function isAt(body: Buffer, start: number, word: Buffer): boolean {
  for (let at = 0; at < word.length; at += 1) if (body[start + at] !== word[at]) return false;
  return true;
}

/** Two words whose occurrences could overlap, or one that could overlap with itself; null where none can. */
export function overlapping(words: readonly string[]): readonly [string, string] | null {
  for (const [index, word] of words.entries()) {
    for (const [otherIndex, other] of words.entries()) {
      if (index !== otherIndex && word.includes(other)) return [word, other];
      for (let length = 1; length < word.length; length += 1) {
        if (other.startsWith(word.slice(-length))) return [word, other];
      }
    }
  }
  return null;
}
