// A job's memory, from the C library.
#ifndef FILTERBENCH_MEMORY_H
#define FILTERBENCH_MEMORY_H

#include "../c-core/arena.h"

/** Gives back all that was taken. */
void arena_free(struct arena arena);

#endif
