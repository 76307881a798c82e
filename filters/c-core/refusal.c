#include "refusal.h"

static void append(struct refusal *refusal, struct bytes text, size_t most) {
  for (size_t i = 0; i < text.length && i < most && refusal->length < sizeof refusal->text; i++) {
    const uint8_t byte = text.at[i];
    refusal->text[refusal->length++] = byte >= ' ' && byte <= '~' ? byte : '?';
  }
}

bool refuse(struct refusal *refusal, struct bytes before, struct bytes name, struct bytes after) {
  refusal->length = 0;
  append(refusal, TEXT("filterbench: job configuration: "), SIZE_MAX);
  append(refusal, before, SIZE_MAX);
  // A name comes from the configuration, so it may have any length.
  append(refusal, name, 60);
  append(refusal, after, SIZE_MAX);
  return false;
}
