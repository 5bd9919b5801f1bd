// Lines of a text that may be compressed by gzip.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/io/hts_handle.h"

namespace stardose::genomics {

/// Reads a file from its beginning to its end, a piece at a time. Line ends may be those of Windows; a mark of UTF-8
/// before the first line is left out. Throws InputError (input) for a file that is missing, damaged, or no text, and
/// for a line with a carriage return in it, which are several.
class TextLines {
 public:
  /// `what` names the file in messages (`scoring file`).
  TextLines(std::string path, std::string what);

  /// Moves `line` to the next line, without its end; a view until the next call. Returns false at the file's end.
  [[nodiscard]] bool next(std::string_view& line);
  /// Number of the last line, from 1 on.
  [[nodiscard]] std::size_t number() const { return number_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  /// Throws InputError (input) at the last line.
  [[noreturn]] void fail(const std::string& why, const std::string& help) const;

 private:
  /// Reads on behind what is left; false: there is no more.
  [[nodiscard]] bool fill();

  std::string path_;
  std::string what_;
  HtsHandle<BGZF> file_;
  std::vector<char> text_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t number_ = 0;
};

}  // namespace stardose::genomics
