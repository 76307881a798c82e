#include "memory.h"

#include <stdlib.h>

// Ahead of each block; as long as the strictest alignment.
union header {
  void *older;
  max_align_t alignment;
};

void *arena_take(struct arena *arena, size_t size) {
  union header *header = malloc(sizeof *header + size);
  // Only a configuration takes memory, and an Envoy without any is lost anyway.
  if (header == 0) abort();
  header->older = arena->newest;
  arena->newest = header;
  return header + 1;
}

void arena_free(struct arena arena) {
  for (union header *header = arena.newest; header != 0;) {
    union header *older = header->older;
    free(header);
    header = older;
  }
}
