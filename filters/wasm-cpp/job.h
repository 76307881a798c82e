// A job of filters/c-core as an object that owns all that belongs to it.
#ifndef FILTERBENCH_CPP_JOB_H
#define FILTERBENCH_CPP_JOB_H

#include <memory>
#include <string_view>

#include "host.h"

extern "C" {
#include "../c-core/job.h"
}

namespace filterbench {

/** Streams share it, so that it outlives each of them. */
class Job {
 public:
  /** Reads a job; null where it is refused, and why is in `refusal`. */
  static std::shared_ptr<const Job> from_json(host::Copy text, ::refusal &refusal);

  const ::job *operator->() const { return job_.get(); }

 private:
  struct Free {
    void operator()(::job *job) const;
  };

  Job(host::Copy text, ::job *job) : text_(std::move(text)), job_(job) {}

  // The job's names and values lie in it.
  host::Copy text_;
  std::unique_ptr<::job, Free> job_;
};

inline std::string_view view(::bytes bytes) { return {reinterpret_cast<const char *>(bytes.at), bytes.length}; }

inline ::bytes bytes_of(const host::Copy &copy) { return {copy.data(), copy.size()}; }

}  // namespace filterbench

#endif
