#include "pairs.h"

struct target {
  struct pairs *pairs;
  struct arena *arena;
};

void pairs_add(struct pairs *pairs, struct arena *arena, struct pair pair) {
  if (pairs->count == pairs->room) {
    const size_t room = pairs->room == 0 ? 8 : 2 * pairs->room;
    struct pair *at = arena_take(arena, room * sizeof *at);
    for (size_t i = 0; i < pairs->count; i++) at[i] = pairs->at[i];
    pairs->at = at;
    pairs->room = room;
  }
  pairs->at[pairs->count++] = pair;
}

static bool add_member(void *into, struct bytes name, struct json *json) {
  const struct target *target = into;
  struct pair pair = {name, {0, 0}};
  if (!json_string(json, &pair.value)) return false;
  pairs_add(target->pairs, target->arena, pair);
  return true;
}

static bool add_element(void *into, struct json *json) {
  const struct target *target = into;
  struct pair pair = {{0, 0}, {0, 0}};
  if (!json_string(json, &pair.name)) return false;
  pairs_add(target->pairs, target->arena, pair);
  return true;
}

bool pairs_from_object(struct pairs *pairs, struct arena *arena, struct json *json) {
  struct target target = {pairs, arena};
  return json_object(json, add_member, &target);
}

bool pairs_from_list(struct pairs *pairs, struct arena *arena, struct json *json) {
  struct target target = {pairs, arena};
  return json_list(json, add_element, &target);
}
