// Text in lines, and numbers in a line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "learning/document/field.h"

namespace stardose::learning {

/// A file's text, line by line. Views point into the text, which must outlive it. Ends of Windows lines are left out.
class Lines {
 public:
  static constexpr const char* written_again =
      "the file is damaged, or of a version that is not known: write it again with the program that trained the model";

  /// `help` is what to do about a fault; it must outlive this too.
  Lines(const std::string& file, std::string_view text, const char* help = written_again)
      : file_{&file}, rest_{text}, help_{help}, is_cut_{!text.ends_with('\n')} {}

  /// Moves to the next line; false behind the last.
  bool next();
  [[nodiscard]] std::string_view line() const { return line_; }
  [[nodiscard]] std::size_t number() const { return number_; }  ///< from 1 on

  /// Throws InputError (input) where the last line has no end: of its last number digits may be missing. For files that
  /// programs write, of which each line has one.
  void refuse_cut() const {
    if (is_cut_) fail_whole("the last line has no end, so the file may be cut");
  }

  /// Throws InputError (input) at the line.
  [[noreturn]] void fail(const std::string& why) const;
  /// The same of the file as a whole.
  [[noreturn]] void fail_whole(const std::string& why) const;

  /// Reads all words of `text` as numbers. Throws InputError where one is none, or is not finite.
  [[nodiscard]] std::vector<double> numbers(std::string_view text) const;
  [[nodiscard]] std::vector<std::int64_t> integers(std::string_view text, Bounds bounds) const;
  [[nodiscard]] double finite(std::string_view text) const;
  [[nodiscard]] std::int64_t integer(std::string_view text, Bounds bounds) const;

 private:
  const std::string* file_;
  std::string_view rest_;
  const char* help_;
  bool is_cut_;
  std::string_view line_;
  std::size_t number_ = 0;
};

/// Returns whether a number is there twice.
[[nodiscard]] bool has_repeats(std::vector<std::int64_t> numbers);

/// Returns the pieces between blanks.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text);

}  // namespace stardose::learning
