// The process's file mode mask.
#include "pipeline/sinks/private_files.h"

#include <sys/stat.h>

#include <atomic>

#include "genomics/input_error.h"

namespace stardose::pipeline {

namespace {
constexpr mode_t others = 077;
std::atomic<bool> is_on{false};  // NOLINT: of the process, as its mask is
}  // namespace

void make_files_private() {
  umask(others);
  is_on = true;
}

bool files_are_private() { return is_on; }

bool make_private(int descriptor) { return !is_on || fchmod(descriptor, 0600) == 0; }

void refuse_open_folder(const std::string& path) {
  struct stat status {};
  if (!is_on || stat(path.c_str(), &status) != 0 || (status.st_mode & others) == 0) return;
  throw genomics::InputError{genomics::Fault::output,
                             {path, "", "is open to others, and results are to be private",
                              "close it (`chmod 700 FOLDER`), or name a folder that is not there yet"}};
}

}  // namespace stardose::pipeline
