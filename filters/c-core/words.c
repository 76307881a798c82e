#include "words.h"

static bool is_word(struct bytes text) {
  if (text.length < LEAST_LETTERS || text.length > MOST_LETTERS) return false;
  for (size_t i = 0; i < text.length; i++) {
    const uint8_t letter = text.at[i] | 0x20;
    if (letter < 'a' || letter > 'z') return false;
  }
  return true;
}

// Of each letter the five bits that tell it from others, whatever its case.
static uint32_t triple_at(const uint8_t *at) {
  return (at[0] & 31u) | (at[1] & 31u) << 5 | (at[2] & 31u) << 10;
}

static void add_place(struct words *words, struct place place) {
  size_t at = words->place_count++;
  for (; at > 0 && words->places[at - 1].triple > place.triple; at--) words->places[at] = words->places[at - 1];
  words->places[at] = place;
  words->triples[place.triple / 32] |= 1u << place.triple % 32;
}

bool words_build(struct words *words, struct arena *arena, struct pairs given, struct refusal *refusal) {
  if (given.count == 0 || given.count > MOST_WORDS) {
    return refuse(refusal, TEXT("`words`: must be 1 to 64"), TEXT(""), TEXT(""));
  }
  size_t shortest = MOST_LETTERS;
  words->longest = 0;
  for (size_t i = 0; i < given.count; i++) {
    const struct bytes text = given.at[i].name;
    if (!is_word(text)) return refuse(refusal, TEXT("`words`: \""), text, TEXT("\" is not of 3 to 64 ASCII letters"));
    if (text.length < shortest) shortest = text.length;
    if (text.length > words->longest) words->longest = text.length;
  }
  words->stride = shortest - LEAST_LETTERS + 1;
  words->places = arena_take(arena, given.count * words->stride * sizeof *words->places);
  words->place_count = 0;
  for (size_t i = 0; i < TRIPLES / 32; i++) words->triples[i] = 0;
  for (size_t i = 0; i < given.count; i++) {
    const struct bytes text = given.at[i].name;
    for (uint32_t offset = 0; offset < words->stride; offset++) {
      add_place(words, (struct place){triple_at(text.at + offset), offset, text});
    }
  }
  return true;
}

// Out of line, so that the loop stays small.
__attribute__((cold, noinline)) static bool is_word_around(const struct words *words, struct bytes text, size_t at) {
  const uint32_t triple = triple_at(text.at + at);
  size_t low = 0, high = words->place_count;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (words->places[middle].triple < triple) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (; low < words->place_count && words->places[low].triple == triple; low++) {
    const struct place *place = &words->places[low];
    if (place->offset > at) continue;
    const size_t start = at - place->offset;
    if (place->word.length > text.length - start) continue;
    if (bytes_equal(place->word, (struct bytes){text.at + start, place->word.length})) return true;
  }
  return false;
}

bool words_are_in(const struct words *words, struct bytes text) {
  for (size_t at = 0; at + 3 <= text.length; at += words->stride) {
    const uint32_t triple = triple_at(text.at + at);
    if ((words->triples[triple / 32] >> triple % 32 & 1) != 0 && is_word_around(words, text, at)) return true;
  }
  return false;
}
