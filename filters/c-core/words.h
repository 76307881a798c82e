// Listed words, found as plain substrings, just as filters/core finds them.
#ifndef FILTERBENCH_WORDS_H
#define FILTERBENCH_WORDS_H

#include "arena.h"
#include "pairs.h"

enum { LEAST_LETTERS = 3, MOST_LETTERS = 64, MOST_WORDS = 64, TRIPLES = 1 << 15 };

/** Three letters in a row of a word. */
struct place {
  uint32_t triple;
  uint32_t offset;
  struct bytes word;
};

/**
 * Every word has three letters in a row at one of the places that lie `stride` apart, as the stride is two less than
 * the shortest word has letters. So only these are looked at, each by itself, and a table of bits tells nearly all of
 * them from the places where a word can be.
 */
struct words {
  /** A bit for each triple that some place has. */
  uint32_t triples[TRIPLES / 32];
  size_t stride;
  size_t longest;
  /** In the order of their triples. */
  struct place *places;
  size_t place_count;
};

/** Refuses a list that is none, or too long, or holds anything but words of 3 to 64 ASCII letters. */
bool words_build(struct words *words, struct arena *arena, struct pairs given, struct refusal *refusal);

/** Whether a text holds one of the words. */
bool words_are_in(const struct words *words, struct bytes text);

#endif
