#include "filter.h"

#include <stdlib.h>

#include "envoy.h"

// Envoy's slices are of 16 KiB, more or less: these are enough for 4 MiB.
enum { USUAL_PARTS = 256 };

static enum status deny(stream_ptr stream, const struct denial *denial) {
  send_reply(stream, denial->status, denial->body);
  return STATUS_STOP;
}

// Out of line, so that the path of every request carries none of it.
__attribute__((cold, noinline)) static enum status fail(stream_ptr stream) {
  log_error(TEXT("filterbench: Envoy refused a call; the request is answered with 500"));
  send_reply(stream, 500, TEXT("The filter failed."));
  return STATUS_STOP;
}

static enum status set_headers(stream_ptr stream, enum header_map map, const struct pairs *headers) {
  for (size_t i = 0; i < headers->count; i++) {
    // A header silently not set would be measured as a fast filter.
    if (!set_header(stream, map, headers->at[i].name, headers->at[i].value)) return fail(stream);
  }
  return STATUS_CONTINUE;
}

static enum status check_key(const struct keys *keys, stream_ptr stream) {
  struct bytes key;
  const struct bytes *client = get_request_header(stream, api_key_header, &key) ? keys_find(keys, key) : 0;
  if (client == 0) return deny(stream, &unauthenticated);
  return set_header(stream, REQUEST_HEADERS, client_id_header, *client) ? STATUS_CONTINUE : fail(stream);
}

static enum status check_body(const struct words *words, stream_ptr stream) {
  struct bytes usual[USUAL_PARTS];
  const size_t buffered = count_body_parts(stream, BUFFERED_REQUEST_BODY);
  size_t received = count_body_parts(stream, RECEIVED_REQUEST_BODY);
  struct bytes *parts = usual;
  if (buffered + received > USUAL_PARTS) {
    parts = malloc((buffered + received) * sizeof *parts);
    if (parts == 0) return fail(stream);
  }
  const bool is_known = (buffered == 0 || get_body_parts(stream, BUFFERED_REQUEST_BODY, parts)) &&
                        (received == 0 || get_body_parts(stream, RECEIVED_REQUEST_BODY, parts + buffered));
  // Where an earlier filter kept the body, Envoy hands over the very buffer that it keeps.
  if (is_known && buffered > 0 && received > 0 && parts[0].at == parts[buffered].at) received = 0;
  const struct denial *denial = is_known ? denial_of(inspect(words, parts, buffered + received)) : 0;
  if (parts != usual) free(parts);
  if (!is_known) return fail(stream);
  return denial == 0 ? STATUS_CONTINUE : deny(stream, denial);
}

enum status on_request_headers(const struct job *job, stream_ptr stream, bool is_end) {
  switch (job->kind) {
    case JOB_NOOP:
      return STATUS_CONTINUE;
    case JOB_HEADERS:
      return set_headers(stream, REQUEST_HEADERS, &job->request);
    case JOB_ACCESS:
      return check_key(&job->keys, stream);
    case JOB_INSPECT:
      // Nothing may reach the upstream before the whole body was seen.
      return is_end ? STATUS_CONTINUE : STATUS_STOP;
  }
  return STATUS_CONTINUE;
}

enum status on_request_body(const struct job *job, stream_ptr stream, bool is_end) {
  if (job->kind != JOB_INSPECT) return STATUS_CONTINUE;
  // To stop is to buffer.
  if (!is_end) return STATUS_STOP;
  return check_body(job->words, stream) == STATUS_CONTINUE ? STATUS_CONTINUE : STATUS_STOP_WITHOUT_BUFFER;
}

enum status on_request_trailers(const struct job *job, stream_ptr stream) {
  // Trailers end a body too.
  return job->kind == JOB_INSPECT ? check_body(job->words, stream) : STATUS_CONTINUE;
}

enum status on_response_headers(const struct job *job, stream_ptr stream) {
  return job->kind == JOB_HEADERS ? set_headers(stream, RESPONSE_HEADERS, &job->response) : STATUS_CONTINUE;
}
