// The VM's memory: configurations at the bottom for good, above them what Envoy hands over for one callback.
#ifndef FILTERBENCH_HEAP_H
#define FILTERBENCH_HEAP_H

#include <stddef.h>
#include <stdint.h>

/** Takes memory for good. */
void *heap_take(size_t size);

/** The same memory at each call: Envoy hands over one thing at a time, and each is used up before the next. */
void *heap_scratch(size_t size);

#endif
