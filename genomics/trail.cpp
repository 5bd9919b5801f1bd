// One trail a process.
#include "genomics/trail.h"

#include <atomic>
#include <mutex>
#include <unordered_set>

namespace stardose::genomics {

namespace {

struct State {
  std::atomic<bool> is_kept = false;
  std::mutex mutex;
  Trail trail;
  std::unordered_set<std::string> read;
  std::unordered_set<std::string> written;
};

State& state() {
  static State the_state;
  return the_state;
}

}  // namespace

void keep_trail() { state().is_kept = true; }

void note_read(const std::string& path) {
  State& all = state();
  if (!all.is_kept || path.empty()) return;
  const std::lock_guard lock{all.mutex};
  if (all.read.insert(path).second) all.trail.read.push_back(path);
}

void note_written(const std::string& path) {
  State& all = state();
  if (!all.is_kept) return;
  const std::lock_guard lock{all.mutex};
  if (all.written.insert(path).second) all.trail.written.push_back(path);
}

void note_catalogue(const std::string& digest) {
  State& all = state();
  if (!all.is_kept) return;
  const std::lock_guard lock{all.mutex};
  all.trail.catalogue = digest;
}

Trail trail() {
  State& all = state();
  const std::lock_guard lock{all.mutex};
  return all.trail;
}

}  // namespace stardose::genomics
