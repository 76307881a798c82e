// What the module calls in Envoy: Proxy-Wasm ABI 0.2.1, as far as the jobs need it.
#ifndef FILTERBENCH_HOST_H
#define FILTERBENCH_HOST_H

#include <stddef.h>
#include <stdint.h>

#define HOST(name) __attribute__((import_module("env"), import_name(#name))) name

enum { STATUS_OK = 0, STATUS_NOT_FOUND = 1 };
enum { LOG_ERROR = 4 };
enum header_map { REQUEST_HEADERS = 0, RESPONSE_HEADERS = 2 };
enum buffer { HTTP_REQUEST_BODY = 0, PLUGIN_CONFIGURATION = 7 };

/** What a callback answers. */
enum action { ACTION_CONTINUE = 0, ACTION_PAUSE = 1 };

uint32_t HOST(proxy_log)(uint32_t level, const uint8_t *message, size_t length);

/** Copies a part of a buffer into memory that it asks `proxy_on_memory_allocate` for. */
uint32_t HOST(proxy_get_buffer_bytes)(uint32_t buffer, size_t start, size_t most, uint8_t **bytes, size_t *length);

/** Copies a header's value likewise. */
uint32_t HOST(proxy_get_header_map_value)(uint32_t map, const uint8_t *name, size_t name_length, uint8_t **value,
                                          size_t *value_length);

/** Sets a header, in place of all values that it has. */
uint32_t HOST(proxy_replace_header_map_value)(uint32_t map, const uint8_t *name, size_t name_length,
                                              const uint8_t *value, size_t value_length);

uint32_t HOST(proxy_send_local_response)(uint32_t status, const uint8_t *details, size_t details_length,
                                         const uint8_t *body, size_t body_length, const uint8_t *headers,
                                         size_t headers_length, int32_t grpc_status);

#endif
