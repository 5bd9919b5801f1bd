// BAM files whose records are any bytes, with an index that says to read them all.
#pragma once

#include <htslib/bgzf.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>

#include "tests/builders/alignment_builder.h"
#include "tests/builders/temp_folder.h"
#include "tests/builders/unpacked.h"

namespace stardose::test {

/// A BAM's bytes before they are compressed.
inline std::string unpacked_bam(const AlignmentBuilder& reads) {
  const TempFolder folder;
  return unpacked(reads.write_bam(folder / "a.bam", false));
}

template <class Number>
void put(std::string& bytes, Number number) {
  for (unsigned shift = 0; shift < 8 * sizeof(Number); shift += 8) {
    bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xFFU);
  }
}

/// BAI (SAM specification, 5.2) of three contigs: on the first everything from `begin` to `end` (virtual offsets).
inline std::string index_of_all(std::uint64_t begin, std::uint64_t end) {
  std::string bytes = "BAI\1";
  put(bytes, std::int32_t{3});
  put(bytes, std::int32_t{1});
  put(bytes, std::uint32_t{0});  // the bin of the whole contig
  put(bytes, std::int32_t{1});
  put(bytes, begin);
  put(bytes, end);
  put(bytes, std::int32_t{0});  // no linear index
  for (int contig = 1; contig < 3; ++contig) bytes += std::string(8, '\0');
  return bytes;
}

/// Writes header and records in blocks of `block` bytes, and the index beside them.
inline void write_packed_reads(const std::string& path, const std::string& header, const std::string& records,
                               std::size_t block) {
  BGZF* file = bgzf_open(path.c_str(), "w0");
  if (file == nullptr) std::abort();
  const auto write = [&](const std::string& bytes) {
    for (std::size_t at = 0; at < bytes.size(); at += block) {
      const std::string piece = bytes.substr(at, block);
      if (bgzf_write(file, piece.data(), piece.size()) < 0 || bgzf_flush(file) != 0) std::abort();
    }
  };
  write(header);
  const auto begin = static_cast<std::uint64_t>(bgzf_tell(file));
  write(records);
  const auto end = static_cast<std::uint64_t>(bgzf_tell(file));
  if (bgzf_close(file) != 0) std::abort();
  std::ofstream{path + ".bai", std::ios::binary} << index_of_all(begin, end);
}

}  // namespace stardose::test
