// Reading a text file at once.
#include "genomics/io/whole_text.h"

#include <array>
#include <filesystem>
#include <fstream>

#include "genomics/input_error.h"

namespace stardose::genomics {

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
  return text;
}

}  // namespace stardose::genomics
