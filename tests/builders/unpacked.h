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

/// The first block has `first` bytes, or all.
inline void write_packed(const std::string& path, const std::string& bytes, std::size_t first = 0) {
  BGZF* file = bgzf_open(path.c_str(), "w");
  if (file == nullptr) std::abort();
  for (const std::string& piece : {bytes.substr(0, first), bytes.substr(first)}) {
    const ssize_t written = bgzf_write(file, piece.data(), piece.size());
    if (written != static_cast<ssize_t>(piece.size()) || bgzf_flush(file) != 0) std::abort();
  }
  if (bgzf_close(file) != 0) std::abort();
}

inline std::string unpacked_bcf(const VcfBuilder& vcf) {
  const TempFolder folder;
  return unpacked(vcf.write_bcf(folder / "a.bcf", false));
}

}  // namespace stardose::test
