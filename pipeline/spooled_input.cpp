// Copying to a nameless file.
#include "pipeline/spooled_input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "genomics/input_error.h"

namespace stardose::pipeline {

namespace {

using genomics::Fault;
using genomics::InputError;

constexpr std::size_t piece = 1 << 18;

[[noreturn]] void fail(Fault fault, const std::string& path, const std::string& what, const std::string& help) {
  throw InputError{fault, {path, "", what + ": " + std::strerror(errno), help}};
}

std::string folder() {
  const char* chosen = std::getenv("TMPDIR");
  return chosen == nullptr || *chosen == '\0' ? "/tmp" : chosen;
}

/// A file that never has a name; where the file system has none of these, one whose name is taken away at once.
int nameless_file() {
  const int file = open(folder().c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return file;
  std::string name = folder() + "/stardose-XXXXXX";
  const int named = mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) unlink(name.c_str());
  return named;
}

void write_all(int file, const char* bytes, std::size_t size) {
  for (std::size_t done = 0; done < size;) {
    const ssize_t written = write(file, bytes + done, size - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      fail(Fault::output, folder(), "the input cannot be put aside here, to be read twice",
           "set TMPDIR to a folder with room, or give a file instead of a pipe");
    }
    done += static_cast<std::size_t>(written);
  }
}

}  // namespace

bool can_be_read_once_only(const std::string& path) {
  if (path == "-") return true;
  struct stat status {};
  const bool is_there = stat(path.c_str(), &status) == 0;
  return is_there && (S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode) || S_ISSOCK(status.st_mode));
}

SpooledInput::SpooledInput(const std::string& path) {
  const int input = path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (input < 0) fail(Fault::input, path, "cannot open", "check the path and your permission to read it");
  file_ = nameless_file();
  if (file_ < 0) fail(Fault::output, folder(), "no file can be made here to put the input aside", "check TMPDIR");
  path_ = "/proc/self/fd/" + std::to_string(file_);
  std::vector<char> bytes(piece);
  for (;;) {
    const ssize_t size = read(input, bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) fail(Fault::input, path, "cannot be read to its end", "check where it comes from");
    if (size == 0) break;
    write_all(file_, bytes.data(), static_cast<std::size_t>(size));
  }
  if (input != STDIN_FILENO) close(input);
}

SpooledInput::~SpooledInput() {
  if (file_ >= 0) close(file_);
}

}  // namespace stardose::pipeline
