// What Envoy offers: Proxy-Wasm ABI 0.2.1, as far as the jobs need it, in C++'s types.
#ifndef FILTERBENCH_HOST_H
#define FILTERBENCH_HOST_H

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <string_view>

namespace filterbench::host {

enum class HeaderMap : uint32_t { request = 0, response = 2 };
enum class Buffer : uint32_t { http_request_body = 0, plugin_configuration = 7 };

/** What a callback answers. */
enum class Action : uint32_t { proceed = 0, pause = 1 };

/** Bytes that Envoy copied into the VM. Their memory is the module's own, and given back with this. */
class Copy {
 public:
  Copy() = default;
  Copy(uint8_t *at, size_t length) : at_(at), length_(length) {}

  uint8_t *data() const { return at_.get(); }
  size_t size() const { return length_; }
  bool empty() const { return length_ == 0; }

 private:
  struct Free {
    void operator()(uint8_t *at) const { std::free(at); }
  };
  std::unique_ptr<uint8_t[], Free> at_;
  size_t length_ = 0;
};

inline constexpr size_t everything = std::numeric_limits<size_t>::max();

/** A header's value; empty where there is none. */
Copy header(HeaderMap map, std::string_view name);

/** A buffer from its start, `most` bytes at most; empty where there is none. */
Copy buffer(Buffer buffer, size_t most = everything);

/** Sets a header, in place of all values that it has. */
void set_header(HeaderMap map, std::string_view name, std::string_view value);

/** Answers the request, in place of passing it on. */
void reply(uint32_t status, std::string_view body);

void log_error(std::string_view message);

}  // namespace filterbench::host

#endif
