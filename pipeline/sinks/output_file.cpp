// Partial files and renames.
#include "pipeline/sinks/output_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "genomics/input_error.h"
#include "genomics/trail.h"
#include "genomics/unfinished_files.h"
#include "pipeline/sinks/private_files.h"

namespace stardose::pipeline {

using genomics::Fault;
using genomics::InputError;

namespace {

bool is_same_file(int descriptor, const std::string& path) {
  struct stat here {};
  struct stat there {};
  return fstat(descriptor, &here) == 0 && stat(path.c_str(), &there) == 0 && here.st_ino == there.st_ino &&
         here.st_dev == there.st_dev;
}

/// Locks, or finds that this file system has no locks. Returns false with errno where another process has the lock.
bool lock(int descriptor) {
  while (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return false;
    if (errno != EINTR) return true;
  }
  return true;
}

/// A link that another left there would have us empty a file of their choice; a device cannot be emptied.
int open_unlinked(const std::string& path) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (descriptor >= 0 || errno != ELOOP) return descriptor;
  const int linked = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  struct stat status {};
  if (linked >= 0 && fstat(linked, &status) == 0 && S_ISCHR(status.st_mode)) return linked;
  if (linked >= 0) ::close(linked);
  errno = ELOOP;
  return -1;
}

}  // namespace

std::FILE* OutputFile::open_partial() const {
  for (;;) {
    const int descriptor = open_unlinked(partial_);
    if (descriptor < 0) return nullptr;
    if (!lock(descriptor)) {
      ::close(descriptor);
      errno = EWOULDBLOCK;
      return nullptr;
    }
    // Another process may have renamed it between opening and locking.
    if (is_same_file(descriptor, partial_)) {
      const bool is_empty = make_private(descriptor) && (ftruncate(descriptor, 0) == 0 || errno == EINVAL);
      if (is_empty) return fdopen(descriptor, "wb");  // EINVAL: a device
      const int reason = errno;
      unlink(partial_.c_str());  // the lock is ours
      ::close(descriptor);
      errno = reason;
      return nullptr;
    }
    ::close(descriptor);
  }
}

OutputFile::OutputFile(std::string path, Over over) : path_{std::move(path)}, partial_{path_ + ".partial"} {
  if (over == Over::no_input) genomics::refuse_input(path_);
  file_.reset(genomics::begin_unfinished(partial_, [this] { return open_partial(); }));
  if (file_) return;
  const int reason = errno;
  genomics::end_unfinished(partial_, [] { return 0; });
  if (reason == EWOULDBLOCK) {
    throw InputError{Fault::output,
                     {path_, "", "another process is writing it", "wait for it, or write to another place"}};
  }
  errno = reason;
  fail("cannot be opened for writing");
}

OutputFile::~OutputFile() {
  if (!file_) return;
  remove_partial();
  file_.reset();
}

void OutputFile::remove_partial() const {
  genomics::end_unfinished(partial_, [this] { return unlink(partial_.c_str()); });
}

void OutputFile::fail(const std::string& what) const {
  const std::string reason = std::strerror(errno);
  throw InputError{Fault::output,
                   {path_, "", what + ": " + reason, "check the folder, its permissions and the free space"}};
}

void OutputFile::write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) fail("cannot be written");
}

void OutputFile::rewrite_start(std::string_view text) {
  if (std::fseek(file_.get(), 0, SEEK_SET) != 0) fail("cannot be written");
  write(text);
  if (std::fseek(file_.get(), 0, SEEK_END) != 0) fail("cannot be written");
}

void OutputFile::close(bool durable) {
  if (std::fflush(file_.get()) != 0) fail("cannot be written");
  if (durable && fsync(fileno(file_.get())) != 0 && errno != EINVAL && errno != EROFS) fail("cannot be written");
  // Keeps the lock until the file has its name: else another process could empty it in between.
  const int locked = fcntl(fileno(file_.get()), F_DUPFD_CLOEXEC, 0);
  const bool is_closed = std::fclose(file_.release()) == 0;
  const bool is_named = is_closed && genomics::end_unfinished(partial_, [this] {
                          return std::rename(partial_.c_str(), path_.c_str()) == 0;
                        });
  const int reason = errno;
  if (!is_named) remove_partial();
  if (locked >= 0) ::close(locked);
  errno = reason;
  if (!is_closed) fail("cannot be written");
  if (!is_named) fail("cannot get its final name");
  genomics::note_written(path_);
}

void make_folder(const std::string& path) {
  refuse_open_folder(path);
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error && std::filesystem::is_directory(path, error)) return;
  throw InputError{Fault::output,
                   {path, "", "the folder cannot be made: " + (error ? error.message() : "a file is in its place"),
                    "name another folder with --output"}};
}

void write_file(const std::string& path, std::string_view text, bool durable) {
  OutputFile file{path};
  file.write(text);
  file.close(durable);
}

}  // namespace stardose::pipeline
