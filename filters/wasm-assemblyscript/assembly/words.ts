// Listed words, found as plain substrings, just as filters/core finds them.
import { areEqual } from './bytes';
import { take } from './heap';
import { Pairs } from './pairs';
import { refuse, refuseName } from './refusal';

const LEAST_LETTERS: usize = 3;
const MOST_LETTERS: usize = 64;
const MOST_WORDS: usize = 64;
const TRIPLE_BYTES: usize = (1 << 15) / 8;

/** Three letters in a row of a word. */
@unmanaged
class Place {
  triple: u32;
  offset: usize;
  word: usize;
  wordLength: usize;
}

/**
 * Every word has three letters in a row at one of the places that lie `stride` apart, as the stride is two less than the
 * shortest word has letters. So only these are looked at, each by itself, and a table of bits tells nearly all of them
 * from the places where a word can be.
 */
@unmanaged
export class Words {
  /** A bit for each triple that some place has. */
  triples: usize;
  stride: usize;
  /** In the order of their triples. */
  places: usize;
  placeCount: usize;
}

// @ts-ignore: decorator
@inline
function placeAt(words: Words, index: usize): Place {
  return changetype<Place>(words.places + index * offsetof<Place>());
}

function isWord(at: usize, length: usize): bool {
  if (length < LEAST_LETTERS || length > MOST_LETTERS) return false;
  for (let i: usize = 0; i < length; i++) {
    const letter: u32 = load<u8>(at + i) | 0x20;
    if (letter < 0x61 || letter > 0x7a) return false;
  }
  return true;
}

// Of each letter the five bits that tell it from others, whatever its case.
// @ts-ignore: decorator
@inline
function tripleAt(at: usize): u32 {
  return (<u32>load<u8>(at) & 31) | ((<u32>load<u8>(at, 1) & 31) << 5) | ((<u32>load<u8>(at, 2) & 31) << 10);
}

function addPlace(words: Words, triple: u32, offset: usize, word: usize, wordLength: usize): void {
  let at = words.placeCount++;
  for (; at > 0 && placeAt(words, at - 1).triple > triple; at--) {
    memory.copy(changetype<usize>(placeAt(words, at)), changetype<usize>(placeAt(words, at - 1)), offsetof<Place>());
  }
  const place = placeAt(words, at);
  place.triple = triple;
  place.offset = offset;
  place.word = word;
  place.wordLength = wordLength;
  const bits = words.triples + ((triple >> 5) << 2);
  store<u32>(bits, load<u32>(bits) | (1 << (triple & 31)));
}

/** Refuses a list that is none, or too long, or holds anything but words of 3 to 64 ASCII letters. */
export function buildWords(words: Words, given: Pairs): bool {
  if (given.count == 0 || given.count > MOST_WORDS) return refuse('`words`: must be 1 to 64');
  let shortest = MOST_LETTERS;
  for (let i: usize = 0; i < given.count; i++) {
    const pair = given.pair(i);
    if (!isWord(pair.name, pair.nameLength)) {
      return refuseName('`words`: "', pair.name, pair.nameLength, '" is not of 3 to 64 ASCII letters');
    }
    shortest = min<usize>(shortest, pair.nameLength);
  }
  words.stride = shortest - LEAST_LETTERS + 1;
  words.places = take(given.count * words.stride * offsetof<Place>());
  words.placeCount = 0;
  words.triples = take(TRIPLE_BYTES);
  memory.fill(words.triples, 0, TRIPLE_BYTES);
  for (let i: usize = 0; i < given.count; i++) {
    const pair = given.pair(i);
    for (let offset: usize = 0; offset < words.stride; offset++) {
      addPlace(words, tripleAt(pair.name + offset), offset, pair.name, pair.nameLength);
    }
  }
  return true;
}

function isWordAround(words: Words, text: usize, length: usize, at: usize): bool {
  const triple = tripleAt(text + at);
  let low: usize = 0;
  let high = words.placeCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeAt(words, middle).triple < triple) low = middle + 1;
    else high = middle;
  }
  for (; low < words.placeCount && placeAt(words, low).triple == triple; low++) {
    const place = placeAt(words, low);
    if (place.offset > at) continue;
    const start = at - place.offset;
    if (place.wordLength > length - start) continue;
    if (areEqual(place.word, place.wordLength, text + start, place.wordLength)) return true;
  }
  return false;
}

/** Whether a text holds one of the words. */
export function wordsAreIn(words: Words, text: usize, length: usize): bool {
  const triples = words.triples;
  const stride = words.stride;
  for (let at: usize = 0; at + 3 <= length; at += stride) {
    const triple = tripleAt(text + at);
    const bits = load<u32>(triples + ((triple >> 5) << 2));
    if (((bits >> (triple & 31)) & 1) != 0 && isWordAround(words, text, length, at)) return true;
  }
  return false;
}
