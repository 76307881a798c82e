#include "keys.h"

// 2^64 divided by the golden ratio: the odd multiplier of Fibonacci hashing.
static const uint64_t golden = 0x9E3779B97F4A7C15;

static uint64_t hash(struct bytes key) {
  uint64_t value = key.length * golden;
  size_t i = 0;
  for (; i + 8 <= key.length; i += 8) {
    value = (value ^ load_u64(key.at + i)) * golden;
    value ^= value >> 32;
  }
  uint64_t left = 0;
  for (; i < key.length; i++) left = left << 8 | key.at[i];
  value = (value ^ left) * golden;
  return value ^ value >> 32;
}

static struct key_slot *find_slot(const struct keys *keys, struct bytes key, uint64_t hashed) {
  const uint32_t tag = (uint32_t)(hashed >> 32);
  for (size_t i = hashed & keys->mask;; i = (i + 1) & keys->mask) {
    struct key_slot *slot = &keys->slots[i];
    if (slot->entry == 0) return slot;
    if (slot->tag == tag && bytes_equal(keys->entries[slot->entry - 1].name, key)) return slot;
  }
}

void keys_build(struct keys *keys, struct arena *arena, struct pairs pairs) {
  size_t slots = 2;
  while (slots < 2 * pairs.count) slots *= 2;
  keys->entries = pairs.at;
  keys->slots = arena_take(arena, slots * sizeof *keys->slots);
  keys->mask = slots - 1;
  for (size_t i = 0; i < slots; i++) keys->slots[i] = (struct key_slot){0, 0};
  for (size_t i = 0; i < pairs.count; i++) {
    const uint64_t hashed = hash(pairs.at[i].name);
    *find_slot(keys, pairs.at[i].name, hashed) = (struct key_slot){(uint32_t)(hashed >> 32), (uint32_t)(i + 1)};
  }
}

const struct bytes *keys_find(const struct keys *keys, struct bytes key) {
  const struct key_slot *slot = find_slot(keys, key, hash(key));
  return slot->entry == 0 ? 0 : &keys->entries[slot->entry - 1].value;
}
