// Partial files and renames.
#include "pipeline/sinks/output_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "genomics/input_error.h"

namespace stardose::pipeline {

using genomics::Fault;
using genomics::InputError;

OutputFile::OutputFile(std::string path) : path_{std::move(path)}, partial_{path_ + ".partial"} {
  // "e": not inherited by children.
  file_.reset(std::fopen(partial_.c_str(), "wbe"));
  if (!file_) fail("cannot be opened for writing");
}

OutputFile::~OutputFile() {
  if (!file_) return;
  file_.reset();
  unlink(partial_.c_str());
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
  if (std::fclose(file_.release()) != 0) {
    unlink(partial_.c_str());
    fail("cannot be written");
  }
  if (std::rename(partial_.c_str(), path_.c_str()) != 0) {
    const int reason = errno;
    unlink(partial_.c_str());
    errno = reason;
    fail("cannot get its final name");
  }
}

void make_folder(const std::string& path) {
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
