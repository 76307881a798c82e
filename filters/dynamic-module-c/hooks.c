// The functions that Envoy looks up in this library. It refuses a module that lacks one, also those for features that
// the module does not use. Envoy 1.36 passes bytes as two arguments and later ones as a struct of two, which
// x86-64 and arm64 put into the same registers: the hooks are the same for both.
#include "envoy.h"
#include "filter.h"
#include "memory.h"

#if !defined(__x86_64__) && !defined(__aarch64__)
#error "only seen to work on x86-64 and arm64"
#endif

#define HOOK(type, name) __attribute__((visibility("default"))) type envoy_dynamic_module_on_##name
#define IDLE_HOOK(name, ...) \
  HOOK(void, name)(__VA_ARGS__); \
  HOOK(void, name)(__VA_ARGS__) {}
#define PASSING_HOOK(name, ...) \
  HOOK(uint32_t, name)(__VA_ARGS__); \
  HOOK(uint32_t, name)(__VA_ARGS__) { return STATUS_CONTINUE; }

// A job changes with no request: it serves as configuration and as filter, and a stream allocates nothing.
typedef const struct job *job_ptr;

HOOK(const char *, program_init)(void) { return ABI_VERSION; }

HOOK(job_ptr, http_filter_config_new)(void *config, struct bytes name, struct bytes json) {
  (void)config, (void)name;
  struct arena arena = {0};
  struct refusal refusal;
  // The job keeps its text, Envoy does not.
  uint8_t *text = arena_take(&arena, json.length);
  for (size_t i = 0; i < json.length; i++) text[i] = json.at[i];
  const struct job *job = job_from_json(&arena, text, json.length, &refusal);
  if (job == 0) {
    log_error((struct bytes){refusal.text, refusal.length});
    arena_free(arena);
  }
  return job;
}

HOOK(void, http_filter_config_destroy)(job_ptr job) {
  // A copy, as the job lies in its own arena.
  const struct arena arena = job->arena;
  arena_free(arena);
}

HOOK(const void *, http_filter_per_route_config_new)(struct bytes name, struct bytes json) {
  (void)name, (void)json;
  log_error(TEXT("filterbench: there is no per-route configuration"));
  return 0;
}

IDLE_HOOK(http_filter_per_route_config_destroy, const void *config)

HOOK(job_ptr, http_filter_new)(job_ptr job, stream_ptr stream) {
  (void)stream;
  return job;
}

HOOK(uint32_t, http_filter_request_headers)(stream_ptr stream, job_ptr job, bool is_end) {
  return on_request_headers(job, stream, is_end);
}

HOOK(uint32_t, http_filter_request_body)(stream_ptr stream, job_ptr job, bool is_end) {
  return on_request_body(job, stream, is_end);
}

HOOK(uint32_t, http_filter_request_trailers)(stream_ptr stream, job_ptr job) {
  return on_request_trailers(job, stream);
}

HOOK(uint32_t, http_filter_response_headers)(stream_ptr stream, job_ptr job, bool is_end) {
  (void)is_end;
  return on_response_headers(job, stream);
}

PASSING_HOOK(http_filter_response_body, stream_ptr stream, job_ptr job, bool is_end)
PASSING_HOOK(http_filter_response_trailers, stream_ptr stream, job_ptr job)
IDLE_HOOK(http_filter_stream_complete, stream_ptr stream, job_ptr job)
IDLE_HOOK(http_filter_destroy, job_ptr job)
IDLE_HOOK(http_filter_scheduled, stream_ptr stream, job_ptr job, uint64_t event)
// The arguments of the others differ by generation, and none is looked at.
IDLE_HOOK(http_filter_http_callout_done, void)

#ifndef ABI_1_36
IDLE_HOOK(http_filter_http_stream_headers, void)
IDLE_HOOK(http_filter_http_stream_data, void)
IDLE_HOOK(http_filter_http_stream_trailers, void)
IDLE_HOOK(http_filter_http_stream_complete, void)
IDLE_HOOK(http_filter_http_stream_reset, void)
IDLE_HOOK(http_filter_downstream_above_write_buffer_high_watermark, void)
IDLE_HOOK(http_filter_downstream_below_write_buffer_low_watermark, void)
#endif
