#include "contexts.h"

#include "heap.h"

struct slot {
  /** 0 is no context. */
  uint32_t id;
  const struct job *job;
};

enum { FIRST_SLOTS = 512 };

// Open addressing, at most half full. Envoy counts its contexts up, so that a number is its own best hash.
static struct slot first_slots[FIRST_SLOTS];
static struct slot *slots = first_slots;
static uint32_t mask = FIRST_SLOTS - 1;
static uint32_t used;

// The context's slot, or the empty one where it belongs.
static uint32_t find(uint32_t id) {
  uint32_t i = id & mask;
  while (slots[i].id != 0 && slots[i].id != id) i = (i + 1) & mask;
  return i;
}

static void grow(void) {
  const struct slot *old = slots;
  const uint32_t old_count = mask + 1;
  // The old table is left behind: all of them together are no larger than the new one.
  slots = heap_take(2 * old_count * sizeof *slots);
  mask = 2 * old_count - 1;
  for (uint32_t i = 0; i <= mask; i++) slots[i] = (struct slot){0, 0};
  for (uint32_t i = 0; i < old_count; i++) {
    if (old[i].id != 0) slots[find(old[i].id)] = old[i];
  }
}

void contexts_set(uint32_t id, const struct job *job) {
  uint32_t i = find(id);
  if (slots[i].id == 0) {
    if (2 * ++used > mask) {
      grow();
      i = find(id);
    }
  }
  slots[i] = (struct slot){id, job};
}

const struct job *contexts_get(uint32_t id) { return slots[find(id)].job; }

void contexts_remove(uint32_t id) {
  uint32_t hole = find(id);
  if (slots[hole].id == 0) return;
  used--;
  // Moves up what was put behind the hole because its own place was taken.
  for (uint32_t i = (hole + 1) & mask; slots[i].id != 0; i = (i + 1) & mask) {
    const uint32_t home = slots[i].id & mask;
    if (((i - home) & mask) < ((i - hole) & mask)) continue;
    slots[hole] = slots[i];
    hole = i;
  }
  slots[hole] = (struct slot){0, 0};
}
