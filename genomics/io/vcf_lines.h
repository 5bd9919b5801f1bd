// Lines of a VCF, and what their first columns say, without parsing the rest.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "genomics/io/blocks.h"

namespace stardose::genomics {

/// The columns of a VCF line that tell whether the rest is worth parsing.
struct LineStart {
  std::string_view contig;
  std::int64_t position = 0;  ///< 0-based
  std::int64_t end = 0;       ///< by REF, or by INFO's END where ALT gives no bases
};

/// Why a line is no record; nullptr: it is one.
using LineFault = const char*;

/// Reads a line's contig, position and end. `contig_before` is the last line's contig, which most lines repeat.
/// Returns why the line is no variant record, or nullptr.
[[nodiscard]] LineFault read_line_start(std::string_view line, std::string_view contig_before, LineStart& start);

/// Hands out lines one by one: where a block holds all of a line, in place.
class VcfLines {
 public:
  explicit VcfLines(Blocks& blocks) : blocks_{blocks} {}

  /// Moves `line` to the next line, without its end; a view until the next call. Returns false at the file's end.
  [[nodiscard]] bool next(std::string_view& line);
  /// Returns where the next line begins, as Blocks::offset(). Ends the view.
  [[nodiscard]] std::uint64_t offset();

 private:
  /// Puts a line together that begins in this block and ends in a later one.
  std::string_view join_pieces();

  Blocks& blocks_;
  std::string pieces_;
  std::size_t taken_ = 0;  // bytes of the block that the line handed out last stands on
};

}  // namespace stardose::genomics
