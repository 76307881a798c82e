// A plugin's own context: what it is configured to do, and the streams that do it.
#ifndef FILTERBENCH_PLUGIN_H
#define FILTERBENCH_PLUGIN_H

#include <memory>

#include "job.h"
#include "streams.h"

namespace filterbench {

/** What Envoy calls a root context. */
class Plugin {
 public:
  /** Takes the configuration that Envoy has for it; false where it is refused, which is logged. */
  bool configure() {
    refusal refusal;
    job_ = Job::from_json(host::buffer(host::Buffer::plugin_configuration), refusal);
    if (!job_) host::log_error({reinterpret_cast<const char *>(refusal.text), refusal.length});
    return job_ != nullptr;
  }

  std::unique_ptr<Stream> open() const {
    // A plugin without a job must not pass for one that does nothing.
    if (!job_) __builtin_trap();
    return open_stream(job_);
  }

 private:
  std::shared_ptr<const Job> job_;
};

}  // namespace filterbench

#endif
