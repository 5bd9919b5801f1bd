// The unpacked bytes of a variant file, a block at a time and where HTSlib put them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/io/hts_handle.h"

namespace stardose::genomics {

inline constexpr const char* truncated_why = "the file is truncated: its end-of-file marker is missing";
inline constexpr const char* truncated_help = "the copy or the run that made it did not finish; make or fetch it again";

/// Throws InputError unless `status` (of the last read) and the file's state say that its real end was reached.
void check_end(const std::string& path, const htsFile& file, int status);

/// Looks into a file without copying, and leaves HTSlib's handle as its own readers would: both can take turns.
/// Does not own the file. Throws InputError for a block that does not unpack.
class Blocks {
 public:
  Blocks(const std::string& path, htsFile& file);

  /// Returns what is left of the block at hand; a view until the next call of anything else. Empty: see next().
  [[nodiscard]] std::string_view rest() const;
  /// Passes over the first `count` bytes of rest().
  void take(std::size_t count);
  /// Unpacks the next block when rest() is empty. Returns false at the end of the file.
  [[nodiscard]] bool next();
  /// Passes over `count` bytes, over as many blocks as it takes. The file ending before that is refused.
  void skip(std::uint64_t count);

  /// Passes over up to `count` bytes, as many as there are, and returns them.
  [[nodiscard]] std::string copy(std::size_t count);

  /// Returns the virtual offset of rest(); 0 for a file that is not compressed by BGZF.
  [[nodiscard]] std::uint64_t offset() const;
  /// Requires: a BGZF file, and an offset() of it.
  void seek(std::uint64_t offset);
  /// Returns whether the file is as long as an offset says.
  [[nodiscard]] bool reaches(std::uint64_t offset) const;
  /// Does so after a place that could not be read, of which nothing is held against the file.
  void seek_anew(std::uint64_t offset);

 private:
  const std::string& path_;
  htsFile& file_;
  std::vector<char> plain_;  // of a file that is not compressed
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace stardose::genomics
