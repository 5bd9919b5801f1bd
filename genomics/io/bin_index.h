// What an index of a file in blocks says: which stretches of the file belong to which stretches of a contig.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "genomics/io/shard.h"

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
  /// Returns where the records are that overlap [begin, end), 0-based, of a contig, and others beside them: spans in
  /// order and apart, each from the beginning of a chunk.
  [[nodiscard]] std::vector<Span> overlapping(int contig, std::int64_t begin, std::int64_t end) const;

  /// The names of contigs, of which an index of text knows all and others none.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  /// Returns the number of a contig among names(); -1: there is none.
  [[nodiscard]] int number_of(std::string_view name) const;

 private:
  friend class BinIndexReader;
  BinIndex() = default;

  /// No record that overlaps a place from `position` on begins before `offset`.
  struct Mark {
    std::int64_t position = 0;
    std::uint64_t offset = 0;
  };
  [[nodiscard]] std::uint64_t least_offset(int contig, std::int64_t position) const;

  std::vector<BinChunk> chunks_;
  std::vector<std::size_t> starts_{0};  // of each contig's chunks, and the end
  std::vector<Mark> marks_;             // contig by contig, in order of position
  std::vector<std::size_t> first_marks_{0};
  std::vector<std::string> names_;
  std::map<std::string, int, std::less<>> numbers_;
};

}  // namespace stardose::genomics
