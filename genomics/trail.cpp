// One trail a process.
#include "genomics/trail.h"

#include <sys/stat.h>

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_set>
#include <utility>

#include "genomics/input_error.h"

namespace stardose::genomics {

namespace {

using FileNumber = std::pair<dev_t, ino_t>;

std::optional<FileNumber> number_of(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return FileNumber{status.st_dev, status.st_ino};
}

struct State {
  std::atomic<bool> is_kept = false;
  std::mutex mutex;
  Trail trail;
  std::unordered_set<std::string> read;
  std::unordered_set<std::string> written;
  std::map<FileNumber, std::string> inputs;  // by name, as it was noted
};

State& state() {
  static State the_state;
  return the_state;
}

}  // namespace

void keep_trail() { state().is_kept = true; }

void note_read(const std::string& path) {
  State& all = state();
  if (path.empty()) return;
  const std::lock_guard lock{all.mutex};
  if (!all.read.insert(path).second) return;
  all.trail.read.push_back(path);
  if (const auto number = number_of(path)) all.inputs.insert_or_assign(*number, path);
}

void note_log(const std::string& path) {
  const auto number = number_of(path);
  State& all = state();
  const std::lock_guard lock{all.mutex};
  if (number) all.inputs.insert_or_assign(*number, path);
}

void refuse_input(const std::string& path) {
  const auto number = number_of(path);
  if (!number) return;
  State& all = state();
  const std::lock_guard lock{all.mutex};
  const auto known = all.inputs.find(*number);
  // A number is given anew once its file is gone.
  if (known == all.inputs.end() || number_of(known->second) != number) return;
  throw InputError{Fault::usage,
                   {path, "", "this output would take the place of an input of the command, or of its audit log",
                    "name another output"}};
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
