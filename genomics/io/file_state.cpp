// Comparing what stat() says.
#include "genomics/io/file_state.h"

#include <sys/stat.h>

#include <utility>

#include "genomics/input_error.h"

namespace stardose::genomics {

std::optional<FileState::Facts> FileState::facts_of(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return Facts{status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

FileState::FileState(std::string path) : path_{std::move(path)}, facts_{facts_of(path_)} {}

void FileState::refuse_change() const {
  if (!facts_ || facts_of(path_) == facts_) return;
  throw InputError{Fault::input,
                   {path_, "", "the file was changed while it was read", "run again once nobody writes to it"}};
}

}  // namespace stardose::genomics
