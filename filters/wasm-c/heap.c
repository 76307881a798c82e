#include "heap.h"

#include "../c-core/arena.h"

// Set by the linker: where static data and stack end.
extern uint8_t __heap_base;

enum { PAGE = 65536, ALIGNMENT = 16 };

static uintptr_t taken;

static uintptr_t top(void) {
  if (taken == 0) taken = ((uintptr_t)&__heap_base + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1);
  return taken;
}

static void reserve(uintptr_t end) {
  const size_t pages = __builtin_wasm_memory_size(0);
  const size_t needed = (end - 1) / PAGE + 1;
  if (needed > pages && __builtin_wasm_memory_grow(0, needed - pages) == SIZE_MAX) __builtin_trap();
}

void *heap_take(size_t size) {
  const uintptr_t at = top();
  taken = (at + size + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1);
  reserve(taken);
  return (void *)at;
}

void *heap_scratch(size_t size) {
  const uintptr_t at = top();
  reserve(at + size);
  return (void *)at;
}

// A configuration lives as long as its VM.
void *arena_take(struct arena *arena, size_t size) {
  (void)arena;
  return heap_take(size);
}
