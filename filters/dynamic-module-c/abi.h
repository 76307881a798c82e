// Envoy's C ABI for dynamic modules, as far as the jobs need it. One build serves one generation: define one of
// ABI_1_36, ABI_1_37, ABI_V0_1 and ABI_V0_2.
#ifndef FILTERBENCH_ABI_H
#define FILTERBENCH_ABI_H

#include "../c-core/bytes.h"

// What Envoy reads first; 1.36 and 1.37 know a generation by the SHA-256 of its header file.
#if defined(ABI_1_36)
#define ABI_VERSION "7ee559f16f35086fa7dc9ed380e2efc6b4d89031a001fb504aa71eccd25882f7"
#elif defined(ABI_1_37)
#define ABI_VERSION "4dae397a7c9ff0238d318d57ea656ce8b3fbff595787dcd7ee2ff5b79c9fe10f"
#elif defined(ABI_V0_1)
#define ABI_VERSION "v0.1.0"
#elif defined(ABI_V0_2)
#define ABI_VERSION "v0.2.0"
#else
#error "choose an ABI: -DABI_1_36, -DABI_1_37, -DABI_V0_1 or -DABI_V0_2"
#endif

/** Envoy's handle of one HTTP stream. */
typedef void *stream_ptr;

enum { LOG_ERROR = 4 };

/** What a hook answers for headers, bodies and trailers; the last for bodies only. */
enum status { STATUS_CONTINUE = 0, STATUS_STOP = 1, STATUS_STOP_WITHOUT_BUFFER = 3 };

#define CALLBACK(name) envoy_dynamic_module_callback_##name

// Envoy passes bytes as {address, length}, which is just what `struct bytes` is.
_Static_assert(sizeof(struct bytes) == 16 && offsetof(struct bytes, length) == 8, "not Envoy's buffer");

#ifdef ABI_1_36

size_t CALLBACK(http_get_request_header)(stream_ptr, const uint8_t *name, size_t name_length, const uint8_t **value,
                                         size_t *value_length, size_t index);
bool CALLBACK(http_set_request_header)(stream_ptr, const uint8_t *name, size_t name_length, const uint8_t *value,
                                       size_t value_length);
bool CALLBACK(http_set_response_header)(stream_ptr, const uint8_t *name, size_t name_length, const uint8_t *value,
                                        size_t value_length);
bool CALLBACK(http_get_received_request_body_vector_size)(stream_ptr, size_t *count);
bool CALLBACK(http_get_received_request_body_vector)(stream_ptr, struct bytes *parts);
bool CALLBACK(http_get_buffered_request_body_vector_size)(stream_ptr, size_t *count);
bool CALLBACK(http_get_buffered_request_body_vector)(stream_ptr, struct bytes *parts);
void CALLBACK(http_send_response)(stream_ptr, uint32_t status, const void *headers, size_t header_count,
                                  const uint8_t *body, size_t body_length);
void CALLBACK(log)(uint32_t level, const uint8_t *message, size_t length);

#else

bool CALLBACK(http_get_header)(stream_ptr, uint32_t map, struct bytes name, struct bytes *value, size_t index,
                               size_t *value_count);
bool CALLBACK(http_set_header)(stream_ptr, uint32_t map, struct bytes name, struct bytes value);
size_t CALLBACK(http_get_body_chunks_size)(stream_ptr, uint32_t body);
bool CALLBACK(http_get_body_chunks)(stream_ptr, uint32_t body, struct bytes *parts);
void CALLBACK(http_send_response)(stream_ptr, uint32_t status, const void *headers, size_t header_count,
                                  struct bytes body, struct bytes details);
void CALLBACK(log)(uint32_t level, struct bytes message);

#endif

#endif
