// Bytes of files before they are compressed, and after.
#pragma once

#include <htslib/bgzf.h>

#include <array>
#include <cstdlib>
#include <string>

#include "tests/builders/temp_folder.h"
#include "tests/builders/vcf_builder.h"

namespace stardose::test {

/// The bytes of a file in blocks (BGZF), or of a plain one.
inline std::string unpacked(const std::string& path) {
  BGZF* file = bgzf_open(path.c_str(), "r");
  if (file == nullptr) std::abort();
  std::string bytes;
  std::array<char, 4096> piece{};
  for (ssize_t count = 0; (count = bgzf_read(file, piece.data(), piece.size())) > 0;) {
    bytes.append(piece.data(), static_cast<std::size_t>(count));
  }
  bgzf_close(file);
  return bytes;
}

inline void write_packed(const std::string& path, const std::string& bytes) {
  BGZF* file = bgzf_open(path.c_str(), "w");
  if (file == nullptr || bgzf_write(file, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) ||
      bgzf_close(file) != 0) {
    std::abort();
  }
}

inline std::string unpacked_bcf(const VcfBuilder& vcf) {
  const TempFolder folder;
  return unpacked(vcf.write_bcf(folder / "a.bcf", false));
}

}  // namespace stardose::test
