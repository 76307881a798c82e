// What Envoy calls in the module. A callback that is not here costs nothing: Envoy asks only for those that are.
#include <unordered_map>

#include "plugin.h"

#define EXPORT(name) __attribute__((export_name(#name))) name

namespace filterbench {
namespace {

// Envoy names plugins and streams by numbers only.
template <typename Context>
class Contexts {
 public:
  void add(uint32_t id, Context context) { contexts_.emplace(id, std::move(context)); }
  bool remove(uint32_t id) { return contexts_.erase(id) > 0; }

  Context &operator[](uint32_t id) {
    const auto found = contexts_.find(id);
    if (found == contexts_.end()) __builtin_trap();
    return found->second;
  }

 private:
  std::unordered_map<uint32_t, Context> contexts_;
};

Contexts<Plugin> plugins;
Contexts<std::unique_ptr<Stream>> streams;

}  // namespace
}  // namespace filterbench

using filterbench::plugins;
using filterbench::streams;
using filterbench::host::Action;

extern "C" {

void EXPORT(proxy_abi_version_0_2_1)() {}

void *EXPORT(proxy_on_memory_allocate)(size_t size) { return std::malloc(size); }

void EXPORT(proxy_on_context_create)(uint32_t id, uint32_t parent) {
  // A plugin's own context has no parent.
  if (parent == 0) {
    plugins.add(id, {});
  } else {
    streams.add(id, plugins[parent].open());
  }
}

void EXPORT(proxy_on_delete)(uint32_t id) {
  if (!streams.remove(id)) plugins.remove(id);
}

bool EXPORT(proxy_on_configure)(uint32_t id, size_t /*length*/) { return plugins[id].configure(); }

Action EXPORT(proxy_on_request_headers)(uint32_t id, uint32_t /*count*/, uint32_t is_end) {
  return streams[id]->on_request_headers(is_end != 0);
}

Action EXPORT(proxy_on_request_body)(uint32_t id, size_t length, uint32_t is_end) {
  return streams[id]->on_request_body(length, is_end != 0);
}

Action EXPORT(proxy_on_request_trailers)(uint32_t id, uint32_t /*count*/) {
  return streams[id]->on_request_trailers();
}

Action EXPORT(proxy_on_response_headers)(uint32_t id, uint32_t /*count*/, uint32_t /*is_end*/) {
  streams[id]->on_response_headers();
  return Action::proceed;
}

}  // extern "C"

// The library would print a message, for which it needs all of stdio.
_LIBCPP_BEGIN_NAMESPACE_STD
[[noreturn]] void __libcpp_verbose_abort(const char *, ...) noexcept { __builtin_trap(); }
_LIBCPP_END_NAMESPACE_STD
