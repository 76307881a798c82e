// Memory of a job: taken while it is configured, given back all at once.
#ifndef FILTERBENCH_ARENA_H
#define FILTERBENCH_ARENA_H

#include <stddef.h>

/** The blocks taken so far; starts as all zero. */
struct arena {
  void *newest;
};

/** Takes `size` bytes of any content, aligned for anything; never null. Each shell brings its own. */
void *arena_take(struct arena *arena, size_t size);

#endif
