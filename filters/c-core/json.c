#include "json.h"

static const struct bytes nothing = {0, 0};

static void skip_space(struct json *json) {
  while (json->at < json->end &&
         (*json->at == ' ' || *json->at == '\n' || *json->at == '\r' || *json->at == '\t')) {
    json->at++;
  }
}

static bool take(struct json *json, uint8_t byte) {
  skip_space(json);
  if (json->at == json->end || *json->at != byte) return false;
  json->at++;
  return true;
}

// What stands where something else should.
static struct bytes rest(const struct json *json) {
  const size_t left = (size_t)(json->end - json->at);
  return (struct bytes){json->at, left < 20 ? left : 20};
}

static bool expected(struct json *json, struct bytes what) {
  return refuse(json->refusal, what, rest(json), TEXT("`"));
}

bool json_object(struct json *json, json_member *member, void *into) {
  if (!take(json, '{')) return expected(json, TEXT("an object is expected at `"));
  if (take(json, '}')) return true;
  do {
    struct bytes name;
    if (!json_string(json, &name)) return false;
    if (!take(json, ':')) return expected(json, TEXT("a colon is expected at `"));
    if (!member(into, name, json)) return false;
  } while (take(json, ','));
  return take(json, '}') || expected(json, TEXT("`,` or `}` is expected at `"));
}

bool json_list(struct json *json, json_element *element, void *into) {
  if (!take(json, '[')) return expected(json, TEXT("a list is expected at `"));
  if (take(json, ']')) return true;
  do {
    if (!element(into, json)) return false;
  } while (take(json, ','));
  return take(json, ']') || expected(json, TEXT("`,` or `]` is expected at `"));
}

bool json_string(struct json *json, struct bytes *text) {
  if (!take(json, '"')) return expected(json, TEXT("a string is expected at `"));
  uint8_t *from = json->at, *to = from;
  text->at = from;
  for (; from < json->end && *from != '"'; from++) {
    if (*from < ' ') return refuse(json->refusal, TEXT("a string holds a control character"), nothing, nothing);
    if (*from == '\\') {
      json->at = from++;
      if (from == json->end || (*from != '"' && *from != '\\' && *from != '/')) {
        return expected(json, TEXT("this escape is not known here: `"));
      }
    }
    *to++ = *from;
  }
  if (from == json->end) return refuse(json->refusal, TEXT("a string has no end"), nothing, nothing);
  text->length = (size_t)(to - text->at);
  json->at = from + 1;
  return true;
}

bool json_end(struct json *json) {
  skip_space(json);
  return json->at == json->end || expected(json, TEXT("nothing more is expected at `"));
}
