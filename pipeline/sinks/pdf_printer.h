// PDF of a page, by a program that is not ours.
#pragma once

#include <string>

namespace stardose::pipeline {

/// Prints pages with chromium, or with weasyprint where that alone is installed. Neither fetches anything: a page has
/// nothing to fetch. One page takes about a second of CPU; the bytes are the other program's, and not the same twice.
class PdfPrinter {
 public:
  /// Looks for the program in PATH. Throws InputError (usage): neither is there.
  PdfPrinter();

  /// Writes `pdf`, which exists only when it is whole. Throws InputError (output) with what the program's exit says.
  void print(const std::string& html, const std::string& pdf) const;

 private:
  bool is_chromium_ = false;
  std::string program_;
};

}  // namespace stardose::pipeline
