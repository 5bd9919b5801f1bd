// What an index of a file in blocks says: which stretches of the file belong to which stretches of a contig.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace stardose::genomics {

/// A stretch of the file that begins with a record of a bin. Not all of what follows need be of the bin.
struct BinChunk {
  std::uint64_t begin = 0;  ///< virtual offsets of BGZF, half-open
  std::uint64_t end = 0;
  std::int64_t first =
      0;  ///< the bin, 0-based and half-open: records of it lie in it from their beginning to their end
  std::int64_t last = 0;
};

/// The chunks of a BAI, CSI or TBI (SAM specification 1.6, section 5; the specifications of CSI version 1 and of
/// tabix).
class BinIndex {
 public:
  /// nullopt: it cannot be read, or is not a whole index. An index is unpacked in memory; one of more than 64 MiB is
  /// none (that of a whole genome has some 10).
  [[nodiscard]] static std::optional<BinIndex> read(const std::string& path);

  [[nodiscard]] int contigs() const { return static_cast<int>(starts_.size()) - 1; }
  /// Returns the chunks of a contig, as the index counts contigs, in order of their begin.
  [[nodiscard]] std::span<const BinChunk> chunks(int contig) const;
  /// Returns all of them, contig by contig.
  [[nodiscard]] std::span<const BinChunk> chunks() const { return chunks_; }

 private:
  friend class BinIndexReader;
  BinIndex() = default;

  std::vector<BinChunk> chunks_;
  std::vector<std::size_t> starts_{0};  // of each contig's chunks, and the end
};

}  // namespace stardose::genomics
