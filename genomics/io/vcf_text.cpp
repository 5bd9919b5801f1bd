// VCF 4.3, section 1.2.
#include "genomics/io/vcf_text.h"

namespace stardose::genomics {

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view separators = ":;=%,| \x7f";
  constexpr std::string_view digits = "0123456789ABCDEF";
  if (text.empty()) return ".";
  std::string safe;
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (code >= 0x20 && separators.find(c) == std::string_view::npos) {
      safe += c;
    } else {
      safe += {'%', digits[code / 16], digits[code % 16]};
    }
  }
  return safe;
}

}  // namespace stardose::genomics
