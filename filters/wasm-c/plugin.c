// What Envoy calls in the module. A callback that is not here costs nothing: Envoy asks only for those that are.
#include "../c-core/job.h"
#include "contexts.h"
#include "heap.h"
#include "host.h"

#define EXPORT(name) __attribute__((export_name(#name))) name

void EXPORT(proxy_abi_version_0_2_1)(void) {}

void *EXPORT(proxy_on_memory_allocate)(size_t size) { return heap_scratch(size); }

void EXPORT(proxy_on_context_create)(uint32_t id, uint32_t parent) {
  // A plugin's own context has no parent, and no job before it is configured.
  if (parent != 0) contexts_set(id, contexts_get(parent));
}

void EXPORT(proxy_on_delete)(uint32_t id) { contexts_remove(id); }

uint32_t EXPORT(proxy_on_configure)(uint32_t id, size_t length) {
  uint8_t *json = 0;
  size_t given = 0;
  if (length > 0 && proxy_get_buffer_bytes(PLUGIN_CONFIGURATION, 0, length, &json, &given) == STATUS_OK) {
    // The job keeps its text: what was handed over for this callback stays.
    heap_take(given);
  }
  struct arena arena = {0};
  struct refusal refusal;
  const struct job *job = job_from_json(&arena, json, given, &refusal);
  if (job == 0) {
    proxy_log(LOG_ERROR, refusal.text, refusal.length);
    return 0;
  }
  contexts_set(id, job);
  return 1;
}

static enum action deny(const struct denial *denial) {
  // Envoy itself adds `content-type: text/plain` to a local reply; adding ours would repeat it.
  proxy_send_local_response(denial->status, 0, 0, denial->body.at, denial->body.length, 0, 0, -1);
  return ACTION_PAUSE;
}

static void set_header(enum header_map map, struct bytes name, struct bytes value) {
  const uint32_t status = proxy_replace_header_map_value(map, name.at, name.length, value.at, value.length);
  // A header silently not set would be measured as a fast filter.
  if (status != STATUS_OK) __builtin_trap();
}

static void set_headers(enum header_map map, const struct pairs *headers) {
  for (size_t i = 0; i < headers->count; i++) set_header(map, headers->at[i].name, headers->at[i].value);
}

static enum action check_key(const struct keys *keys) {
  uint8_t *key = 0;
  size_t length = 0;
  const uint32_t status =
      proxy_get_header_map_value(REQUEST_HEADERS, api_key_header.at, api_key_header.length, &key, &length);
  const struct bytes *client = status == STATUS_OK && key != 0 ? keys_find(keys, (struct bytes){key, length}) : 0;
  if (client == 0) return deny(&unauthenticated);
  set_header(REQUEST_HEADERS, client_id_header, *client);
  return ACTION_CONTINUE;
}

static enum action check_body(const struct words *words, size_t length) {
  uint8_t *at = 0;
  size_t given = 0;
  if (length > 0) {
    const uint32_t status = proxy_get_buffer_bytes(HTTP_REQUEST_BODY, 0, length, &at, &given);
    // A body not seen must not pass as a clean one.
    if (status != STATUS_OK && status != STATUS_NOT_FOUND) __builtin_trap();
  }
  const struct bytes body = {at, given};
  const struct denial *denial = denial_of(inspect(words, &body, 1));
  return denial == 0 ? ACTION_CONTINUE : deny(denial);
}

uint32_t EXPORT(proxy_on_request_headers)(uint32_t id, uint32_t count, uint32_t is_end) {
  (void)count;
  const struct job *job = contexts_get(id);
  switch (job->kind) {
    case JOB_NOOP:
      return ACTION_CONTINUE;
    case JOB_HEADERS:
      set_headers(REQUEST_HEADERS, &job->request);
      return ACTION_CONTINUE;
    case JOB_ACCESS:
      return check_key(&job->keys);
    case JOB_INSPECT:
      // Nothing may reach the upstream before the whole body was seen.
      return is_end ? ACTION_CONTINUE : ACTION_PAUSE;
  }
}

uint32_t EXPORT(proxy_on_request_body)(uint32_t id, size_t length, uint32_t is_end) {
  const struct job *job = contexts_get(id);
  if (job->kind != JOB_INSPECT) return ACTION_CONTINUE;
  return is_end ? check_body(job->words, length) : ACTION_PAUSE;
}

uint32_t EXPORT(proxy_on_request_trailers)(uint32_t id, uint32_t count) {
  (void)count;
  const struct job *job = contexts_get(id);
  // Trailers end a body too; Envoy gives as much as there is.
  return job->kind == JOB_INSPECT ? check_body(job->words, UINT32_MAX) : ACTION_CONTINUE;
}

uint32_t EXPORT(proxy_on_response_headers)(uint32_t id, uint32_t count, uint32_t is_end) {
  (void)count, (void)is_end;
  const struct job *job = contexts_get(id);
  if (job->kind == JOB_HEADERS) set_headers(RESPONSE_HEADERS, &job->response);
  return ACTION_CONTINUE;
}
