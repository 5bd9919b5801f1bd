// A BCF's bytes before they are compressed.
#pragma once

#include <htslib/bgzf.h>

#include <array>
#include <cstdlib>
#include <string>

#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

namespace stardose::fuzz {

inline std::string unpacked_bcf(const test::VcfBuilder& vcf) {
  const test::TempFolder folder;
  BGZF* file = bgzf_open(vcf.write_bcf(folder / "a.bcf", false).c_str(), "r");
  if (file == nullptr) std::abort();
  std::string bytes;
  std::array<char, 4096> piece{};
  for (ssize_t count = 0; (count = bgzf_read(file, piece.data(), piece.size())) > 0;) {
    bytes.append(piece.data(), static_cast<std::size_t>(count));
  }
  bgzf_close(file);
  return bytes;
}

}  // namespace stardose::fuzz
