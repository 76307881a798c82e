// Borrowed bytes, and how to compare them. Needs no C library, as Wasm has none.
#ifndef FILTERBENCH_BYTES_H
#define FILTERBENCH_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A borrowed run of bytes; `at` may be anything where `length` is 0. */
struct bytes {
  const uint8_t *at;
  size_t length;
};

/** A string literal as bytes. */
#define TEXT(literal) ((struct bytes){(const uint8_t *)(literal), sizeof(literal) - 1})

static inline uint64_t load_u64(const uint8_t *at) {
  uint64_t value;
  __builtin_memcpy(&value, at, sizeof value);
  return value;
}

static inline bool bytes_equal(struct bytes a, struct bytes b) {
  if (a.length != b.length) return false;
  size_t i = 0;
  for (; i + 8 <= a.length; i += 8) {
    if (load_u64(a.at + i) != load_u64(b.at + i)) return false;
  }
  for (; i < a.length; i++) {
    if (a.at[i] != b.at[i]) return false;
  }
  return true;
}

#endif
