// An input that can be read only once, made one that can be read again.
#pragma once

#include <string>

namespace stardose::pipeline {

/// Returns whether it is standard input, a pipe or a device.
[[nodiscard]] bool can_be_read_once_only(const std::string& path);

/// Holds the input's bytes in a file without a name in TMPDIR (/tmp where it is not set): gone with the program,
/// however that ends, and readable by nobody else.
class SpooledInput {
 public:
  /// Reads `path` (`-`: standard input) to its end. Throws InputError (input, output).
  explicit SpooledInput(const std::string& path);
  ~SpooledInput();
  SpooledInput(SpooledInput&&) = delete;
  SpooledInput& operator=(SpooledInput&&) = delete;
  SpooledInput(const SpooledInput&) = delete;
  SpooledInput& operator=(const SpooledInput&) = delete;

  /// Can be opened any number of times while this lives.
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  int file_ = -1;
  std::string path_;
};

}  // namespace stardose::pipeline
