// Which job each context belongs to: Envoy names a request by a number only.
#ifndef FILTERBENCH_CONTEXTS_H
#define FILTERBENCH_CONTEXTS_H

#include "../c-core/job.h"

/** Gives a context its job; of a context that has one, the new one counts. */
void contexts_set(uint32_t id, const struct job *job);

/** The job of a context, or null. */
const struct job *contexts_get(uint32_t id);

void contexts_remove(uint32_t id);

#endif
