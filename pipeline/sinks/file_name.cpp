// Percent-encoding of sample names.
#include "pipeline/sinks/file_name.h"

#include <cctype>

#include "genomics/basics/sha256.h"

namespace stardose::pipeline {

std::string file_name_of(std::string_view sample) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::size_t longest = 180;  // file systems allow 255, and `.html.partial` is added
  std::string name;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const auto byte = static_cast<unsigned char>(sample[i]);
    const bool plain = byte < 0x80 && (std::isalnum(byte) != 0 || byte == '_' || byte == '-' || (byte == '.' && i > 0));
    if (plain) {
      name += sample[i];
    } else {
      name += '%';
      name += digits[byte >> 4U];
      name += digits[byte & 15U];
    }
  }
  if (name == "index") return "%69ndex";                                 // the cohort's page has that name
  if (name.ends_with(".fhir")) name.replace(name.size() - 5, 1, "%2E");  // its .json would be another's .fhir.json
  if (name.size() <= longest) return name;
  genomics::Sha256 sha;
  sha.update(sample);
  return name.substr(0, longest - 33) + "~" + sha.hex().substr(0, 32);
}

}  // namespace stardose::pipeline
