// Lines of a VCF, and what their first columns say, without parsing the rest.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "genomics/io/blocks.h"

namespace stardose::genomics {

/// The columns of a VCF line that tell whether the rest is worth parsing.
struct LineStart {
  std::string_view contig;
  bool same_contig = false;   ///< as the line before
  std::int64_t position = 0;  ///< 0-based
  std::int64_t end = 0;       ///< by REF, or by INFO's END where ALT gives no bases
};

/// Why a line is no record; nullptr: it is one.
using LineFault = const char*;

/// Reads a line's contig, position and end. `contig_before` is the last line's contig, which most lines repeat.
/// Returns why the line is no variant record, or nullptr.
[[nodiscard]] LineFault read_line_start(std::string_view line, std::string_view contig_before, LineStart& start);

/// Throws InputError: the file's last line has no end.
[[noreturn]] void refuse_cut_line(const std::string& path);

/// Returns how many bytes a line can have in good faith: a file of some kilobytes may unpack to a line of gigabytes.
[[nodiscard]] constexpr std::size_t longest_line(int samples) {
  constexpr std::size_t of_site = std::size_t{16} << 20;
  constexpr std::size_t of_sample = std::size_t{4} << 10;
  return of_site + of_sample * static_cast<std::size_t>(samples);
}

/// Hands out lines one by one: where a block holds all of a line, in place.
class VcfLines {
 public:
  /// `longest`: bytes of a line, at least a block; what is longer is not read to its end.
  explicit VcfLines(Blocks& blocks, std::size_t longest = std::string::npos) : blocks_{blocks}, longest_{longest} {}

  /// Moves `line` to the next line, without its end; a view until the next call of anything. Returns false at the
  /// file's end.
  [[nodiscard]] bool next(std::string_view& line) {
    const void* newline = at_ < block_.size() ? std::memchr(block_.data() + at_, '\n', block_.size() - at_) : nullptr;
    if (newline == nullptr) return next_block(line);
    const char* const begin = block_.data() + at_;
    const auto length = static_cast<std::size_t>(static_cast<const char*>(newline) - begin);
    at_ += length + 1;
    line = without_return({begin, length});
    return true;
  }
  /// Returns where the next line begins, as Blocks::offset().
  [[nodiscard]] std::uint64_t offset() {
    if (at_ == block_.size()) leave_block();
    return block_offset_ + at_;
  }
  void seek(std::uint64_t offset);
  /// Returns whether the line just handed out ended with the file and not with an end of its own.
  [[nodiscard]] bool is_cut() const { return is_cut_; }
  /// Returns whether the line just handed out is only the beginning of one that is too long.
  [[nodiscard]] bool is_long() const { return pieces_.size() > longest_; }

 private:
  [[nodiscard]] static std::string_view without_return(std::string_view line) {
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
  }
  void leave_block();
  void enter_block();
  /// Hands out a line that ends in a later block, or begins there.
  [[nodiscard]] bool next_block(std::string_view& line);

  Blocks& blocks_;
  std::size_t longest_;
  std::string_view block_;  // what was left of the block when it was entered
  std::uint64_t block_offset_ = 0;
  std::size_t at_ = 0;
  bool is_cut_ = false;
  std::string pieces_;  // of a line over several blocks
};

}  // namespace stardose::genomics
