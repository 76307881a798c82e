// Lists that grow while a configuration is read.
#ifndef FILTERBENCH_PAIRS_H
#define FILTERBENCH_PAIRS_H

#include "arena.h"
#include "json.h"

/** A header, or a key with its client; a plain word has no value. */
struct pair {
  struct bytes name;
  struct bytes value;
};

struct pairs {
  struct pair *at;
  size_t count;
  size_t room;
};

void pairs_add(struct pairs *pairs, struct arena *arena, struct pair pair);

/** Reads an object of strings. */
bool pairs_from_object(struct pairs *pairs, struct arena *arena, struct json *json);

/** Reads a list of strings. */
bool pairs_from_list(struct pairs *pairs, struct arena *arena, struct json *json);

#endif
