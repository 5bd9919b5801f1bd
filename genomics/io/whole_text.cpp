// Reading a text file at once.
#include "genomics/io/whole_text.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "genomics/basics/line_ends.h"
#include "genomics/basics/utf8.h"
#include "genomics/input_error.h"

namespace stardose::genomics {

namespace {

/// Requires: `at` is in the text. Line and column, from 1 on.
std::string place_of(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const std::size_t line_end = before.rfind('\n');
  const std::size_t column = line_end == std::string_view::npos ? at : at - line_end - 1;
  return std::to_string(1 + std::ranges::count(before, '\n')) + ":" + std::to_string(column + 1);
}

void check_text(const std::string& path, const std::string& what, std::string_view text) {
  if (const std::size_t bad = find_not_utf8(text); bad != std::string_view::npos) {
    throw InputError{Fault::input,
                     {path, place_of(text, bad), "is not UTF-8: the " + what + " hold a byte that begins no character",
                      "save it as UTF-8; a spreadsheet offers that as `CSV UTF-8`"}};
  }
  if (const std::size_t bad = find_lone_return(text); bad != std::string_view::npos) {
    throw InputError{Fault::input, {path, place_of(text, bad), lone_return, lone_return_help}};
  }
}

}  // namespace

std::string whole_text(const std::string& path, const std::string& what, const std::string& option) {
  const auto refuse = [&](const std::string& why, const std::string& help) {
    throw InputError{Fault::input, {path, "", why, help}};
  };
  std::error_code unknown;  // of what cannot be looked at, opening says more
  if (std::filesystem::is_directory(path, unknown)) refuse("is a folder", "name a file in it; check " + option);
  std::ifstream file{path == "-" ? "/dev/stdin" : path, std::ios::binary};
  if (!file) refuse("cannot open the " + what, "check " + option);
  std::string text;
  for (std::array<char, 1 << 16> piece{}; file;) {
    file.read(piece.data(), piece.size());
    text.append(piece.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) refuse("cannot be read to its end", "make or fetch it again");
  if (text.find('\0') != std::string::npos) {
    refuse("is not a text: the " + what + " hold a zero byte",
           "give a text in UTF-8, not compressed and not a spreadsheet");
  }
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  check_text(path, what, text);
  return text;
}

}  // namespace stardose::genomics
