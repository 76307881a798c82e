// Why a configuration is refused.
#ifndef FILTERBENCH_REFUSAL_H
#define FILTERBENCH_REFUSAL_H

#include "bytes.h"

/** One line for the log. */
struct refusal {
  uint8_t text[256];
  size_t length;
};

/** Writes `filterbench: job configuration: <before><name><after>`; false, so that a caller can return it. */
bool refuse(struct refusal *refusal, struct bytes before, struct bytes name, struct bytes after);

#endif
