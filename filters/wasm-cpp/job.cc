#include "job.h"

#include <utility>

namespace {

// Ahead of each block of an arena; as long as the strictest alignment.
union Header {
  void *older;
  std::max_align_t alignment;
};

void free_blocks(const arena &arena) {
  for (auto *header = static_cast<Header *>(arena.newest); header != nullptr;) {
    auto *older = static_cast<Header *>(header->older);
    std::free(header);
    header = older;
  }
}

}  // namespace

// What filters/c-core leaves to its shells.
extern "C" void *arena_take(arena *arena, size_t size) {
  auto *header = static_cast<Header *>(std::malloc(sizeof(Header) + size));
  if (header == nullptr) __builtin_trap();
  header->older = arena->newest;
  arena->newest = header;
  return header + 1;
}

namespace filterbench {

// The job itself lies in its arena.
void Job::Free::operator()(::job *job) const { free_blocks(job->arena); }

std::shared_ptr<const Job> Job::from_json(host::Copy text, ::refusal &refusal) {
  ::arena arena{};
  ::job *job = job_from_json(&arena, text.data(), text.size(), &refusal);
  if (job == nullptr) {
    free_blocks(arena);
    return nullptr;
  }
  return std::shared_ptr<const Job>(new Job(std::move(text), job));
}

}  // namespace filterbench
