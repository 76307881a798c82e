// What the filter does with a request and its response: a class a job.
#ifndef FILTERBENCH_STREAMS_H
#define FILTERBENCH_STREAMS_H

#include <memory>

#include "host.h"
#include "job.h"

namespace filterbench {

/** One request with its response, of which it changes nothing. */
class Stream {
 public:
  Stream() = default;
  Stream(const Stream &) = delete;
  Stream &operator=(const Stream &) = delete;
  virtual ~Stream() = default;

  virtual host::Action on_request_headers(bool /*is_end*/) { return host::Action::proceed; }
  virtual host::Action on_request_body(size_t /*length*/, bool /*is_end*/) { return host::Action::proceed; }
  virtual host::Action on_request_trailers() { return host::Action::proceed; }
  virtual void on_response_headers() {}
};

/** The stream that does a job. */
std::unique_ptr<Stream> open_stream(std::shared_ptr<const Job> job);

}  // namespace filterbench

#endif
