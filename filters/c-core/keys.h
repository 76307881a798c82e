// Known API keys, each with its client's name.
#ifndef FILTERBENCH_KEYS_H
#define FILTERBENCH_KEYS_H

#include "pairs.h"

/** Where a key may be; 8 bytes, so that a table of 1,000 keys is 16 KiB. */
struct key_slot {
  uint32_t tag;
  /** Counted from 1; 0 is an empty slot. */
  uint32_t entry;
};

/** A hash table, open, at most half full. Nobody adds to it after the configuration, so it needs no secret seed. */
struct keys {
  const struct pair *entries;
  struct key_slot *slots;
  size_t mask;
};

/** Builds the table; of a key given twice, the last counts. */
void keys_build(struct keys *keys, struct arena *arena, struct pairs pairs);

/** The client's name, or null. */
const struct bytes *keys_find(const struct keys *keys, struct bytes key);

#endif
