// Whether a file is still the one that was opened.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace stardose::genomics {

/// A regular file as the file system has it: which one, how long, changed when. Of anything else there is nothing to
/// compare.
class FileState {
 public:
  /// As it is now.
  explicit FileState(std::string path);

  /// Throws InputError (input) where the path names another file now, or one that was written to.
  void refuse_change() const;

 private:
  using Facts = std::tuple<std::uint64_t, std::uint64_t, std::int64_t, std::int64_t, std::int64_t>;
  [[nodiscard]] static std::optional<Facts> facts_of(const std::string& path);

  std::string path_;
  std::optional<Facts> facts_;  // device, number, bytes, seconds and nanoseconds
};

}  // namespace stardose::genomics
