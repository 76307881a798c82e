// The little of JSON that a job's configuration is made of: objects, lists and strings.
#ifndef FILTERBENCH_JSON_H
#define FILTERBENCH_JSON_H

#include "bytes.h"
#include "refusal.h"

/** A text under way. Strings are unescaped where they stand, so the text must outlive all that was read. */
struct json {
  uint8_t *at;
  uint8_t *end;
  struct refusal *refusal;
};

/** Reads one value, or refuses. */
typedef bool json_member(void *into, struct bytes name, struct json *json);
typedef bool json_element(void *into, struct json *json);

/** Reads an object, one member after the other. */
bool json_object(struct json *json, json_member *member, void *into);

/** Reads a list, one element after the other. */
bool json_list(struct json *json, json_element *element, void *into);

/** Reads a string; of all escapes, only those of `"`, `\` and `/` are known. */
bool json_string(struct json *json, struct bytes *text);

/** Makes sure that nothing follows. */
bool json_end(struct json *json);

#endif
