// Envoy's callbacks, alike for every generation.
#ifndef FILTERBENCH_ENVOY_H
#define FILTERBENCH_ENVOY_H

#include "abi.h"

enum header_map { REQUEST_HEADERS = 0, RESPONSE_HEADERS = 2 };
/** What came with this hook, and what was kept from earlier ones. */
enum body { RECEIVED_REQUEST_BODY = 0, BUFFERED_REQUEST_BODY = 1 };

/** The first value of a request header, for as long as the hook lasts and sets no header; false where there is none. */
static inline bool get_request_header(stream_ptr stream, struct bytes name, struct bytes *value) {
  *value = (struct bytes){0, 0};
#ifdef ABI_1_36
  CALLBACK(http_get_request_header)(stream, name.at, name.length, &value->at, &value->length, 0);
#else
  CALLBACK(http_get_header)(stream, REQUEST_HEADERS, name, value, 0, 0);
#endif
  return value->at != 0;
}

/** Replaces all values of a header; false where Envoy would not. */
static inline bool set_header(stream_ptr stream, enum header_map map, struct bytes name, struct bytes value) {
#ifdef ABI_1_36
  return map == REQUEST_HEADERS
             ? CALLBACK(http_set_request_header)(stream, name.at, name.length, value.at, value.length)
             : CALLBACK(http_set_response_header)(stream, name.at, name.length, value.at, value.length);
#else
  return CALLBACK(http_set_header)(stream, map, name, value);
#endif
}

/** In how many parts Envoy holds a body. */
static inline size_t count_body_parts(stream_ptr stream, enum body body) {
#ifdef ABI_1_36
  size_t count = 0;
  if (body == RECEIVED_REQUEST_BODY) {
    CALLBACK(http_get_received_request_body_vector_size)(stream, &count);
  } else {
    CALLBACK(http_get_buffered_request_body_vector_size)(stream, &count);
  }
  return count;
#else
  return CALLBACK(http_get_body_chunks_size)(stream, body);
#endif
}

/** Where these parts are, for as long as the hook lasts; there must be room for all of them. */
static inline bool get_body_parts(stream_ptr stream, enum body body, struct bytes *parts) {
#ifdef ABI_1_36
  return body == RECEIVED_REQUEST_BODY ? CALLBACK(http_get_received_request_body_vector)(stream, parts)
                                       : CALLBACK(http_get_buffered_request_body_vector)(stream, parts);
#else
  return CALLBACK(http_get_body_chunks)(stream, body, parts);
#endif
}

/** Answers the client; Envoy labels the body text/plain. The hook must then stop. */
static inline void send_reply(stream_ptr stream, uint32_t status, struct bytes body) {
#ifdef ABI_1_36
  CALLBACK(http_send_response)(stream, status, 0, 0, body.at, body.length);
#else
  CALLBACK(http_send_response)(stream, status, 0, 0, body, (struct bytes){0, 0});
#endif
}

static inline void log_error(struct bytes message) {
#ifdef ABI_1_36
  CALLBACK(log)(LOG_ERROR, message.at, message.length);
#else
  CALLBACK(log)(LOG_ERROR, message);
#endif
}

#endif
