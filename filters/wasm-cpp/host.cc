#include "host.h"

#define IMPORT(name) __attribute__((import_module("env"), import_name(#name))) name

extern "C" {
uint32_t IMPORT(proxy_log)(uint32_t level, const char *message, size_t length);
// These two copy into memory that they ask `proxy_on_memory_allocate` for.
uint32_t IMPORT(proxy_get_buffer_bytes)(uint32_t buffer, size_t start, size_t most, uint8_t **bytes, size_t *length);
uint32_t IMPORT(proxy_get_header_map_value)(uint32_t map, const char *name, size_t name_length, uint8_t **value,
                                            size_t *value_length);
uint32_t IMPORT(proxy_replace_header_map_value)(uint32_t map, const char *name, size_t name_length, const char *value,
                                                size_t value_length);
uint32_t IMPORT(proxy_send_local_response)(uint32_t status, const char *details, size_t details_length,
                                           const char *body, size_t body_length, const char *headers,
                                           size_t headers_length, int32_t grpc_status);
}

namespace filterbench::host {
namespace {

enum : uint32_t { status_ok = 0, status_not_found = 1 };
constexpr uint32_t level_error = 4;
constexpr int32_t no_grpc_status = -1;

// A header silently not set, or a body not seen, would be measured as a fast filter.
void require(bool is_done) {
  if (!is_done) __builtin_trap();
}

// `get` is one of Envoy's functions that hand over a copy.
template <typename Get>
Copy copy_by(Get get) {
  uint8_t *at = nullptr;
  size_t length = 0;
  const uint32_t status = get(&at, &length);
  require(status == status_ok || status == status_not_found);
  return Copy(at, length);
}

}  // namespace

Copy header(HeaderMap map, std::string_view name) {
  return copy_by([&](uint8_t **at, size_t *length) {
    return proxy_get_header_map_value(static_cast<uint32_t>(map), name.data(), name.size(), at, length);
  });
}

Copy buffer(Buffer buffer, size_t most) {
  return copy_by([&](uint8_t **at, size_t *length) {
    return proxy_get_buffer_bytes(static_cast<uint32_t>(buffer), 0, most, at, length);
  });
}

void set_header(HeaderMap map, std::string_view name, std::string_view value) {
  require(proxy_replace_header_map_value(static_cast<uint32_t>(map), name.data(), name.size(), value.data(),
                                         value.size()) == status_ok);
}

void reply(uint32_t status, std::string_view body) {
  // Envoy itself adds `content-type: text/plain` to a local reply; adding ours would repeat it.
  proxy_send_local_response(status, nullptr, 0, body.data(), body.size(), nullptr, 0, no_grpc_status);
}

void log_error(std::string_view message) { proxy_log(level_error, message.data(), message.size()); }

}  // namespace filterbench::host
