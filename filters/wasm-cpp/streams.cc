#include "streams.h"

#include <utility>

namespace filterbench {
namespace {

using host::Action;
using host::HeaderMap;

Action deny(const denial &denial) {
  host::reply(denial.status, view(denial.body));
  return Action::pause;
}

void set_headers(HeaderMap map, const pairs &headers) {
  for (size_t i = 0; i < headers.count; i++) {
    host::set_header(map, view(headers.at[i].name), view(headers.at[i].value));
  }
}

class JobStream : public Stream {
 public:
  explicit JobStream(std::shared_ptr<const Job> job) : job_(std::move(job)) {}

 protected:
  const Job &job() const { return *job_; }

 private:
  std::shared_ptr<const Job> job_;
};

class HeadersStream final : public JobStream {
 public:
  using JobStream::JobStream;

  Action on_request_headers(bool) override {
    set_headers(HeaderMap::request, job()->request);
    return Action::proceed;
  }

  void on_response_headers() override { set_headers(HeaderMap::response, job()->response); }
};

class AccessStream final : public JobStream {
 public:
  using JobStream::JobStream;

  Action on_request_headers(bool) override {
    const host::Copy key = host::header(HeaderMap::request, view(api_key_header));
    const bytes *client = key.empty() ? nullptr : keys_find(&job()->keys, bytes_of(key));
    if (client == nullptr) return deny(unauthenticated);
    host::set_header(HeaderMap::request, view(client_id_header), view(*client));
    return Action::proceed;
  }
};

class InspectStream final : public JobStream {
 public:
  using JobStream::JobStream;

  // Nothing may reach the upstream before the whole body was seen.
  Action on_request_headers(bool is_end) override { return is_end ? Action::proceed : Action::pause; }

  Action on_request_body(size_t length, bool is_end) override {
    if (!is_end) return Action::pause;
    return length > 0 ? check_body(length) : Action::proceed;
  }

  // Trailers end a body too; Envoy gives as much as there is.
  Action on_request_trailers() override { return check_body(host::everything); }

 private:
  Action check_body(size_t length) const {
    const host::Copy body = host::buffer(host::Buffer::http_request_body, length);
    const bytes whole = bytes_of(body);
    const denial *denial = denial_of(inspect(job()->words, &whole, 1));
    return denial == nullptr ? Action::proceed : deny(*denial);
  }
};

}  // namespace

std::unique_ptr<Stream> open_stream(std::shared_ptr<const Job> job) {
  switch ((*job)->kind) {
    case JOB_NOOP:
      return std::make_unique<Stream>();
    case JOB_HEADERS:
      return std::make_unique<HeadersStream>(std::move(job));
    case JOB_ACCESS:
      return std::make_unique<AccessStream>(std::move(job));
    case JOB_INSPECT:
      return std::make_unique<InspectStream>(std::move(job));
  }
}

}  // namespace filterbench
