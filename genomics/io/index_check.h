// Whether an index is that of its file.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <unordered_set>
#include <utility>
#include <vector>

#include "genomics/io/bin_index.h"
#include "genomics/io/blocks.h"
#include "genomics/io/hts_handle.h"
#include "genomics/io/shard.h"

namespace stardose::genomics {

/// What may follow on the last record that an index knows.
enum class AfterChunks : std::uint8_t {
  nothing,
  unplaced_reads,  ///< of a BAM, which its index leaves out
};

/// Where a record begins: contig as the index counts them, 0-based position.
struct RecordStart {
  int contig = 0;
  std::int64_t position = 0;
};

/// Returns where the record lies that begins here; may move on from there. nullopt: nothing of the kind begins here.
using ReadStart = std::function<std::optional<RecordStart>(Blocks& here)>;

/// Returns why this index is not that of a file in order of position: each record lies in a chunk, from the first,
/// where `here` is, to the last, and bins follow on each other as their chunks do. nullptr: no reason was found. Where
/// there are few chunks, each must begin with a record of its bin. Reads a few blocks, or one for each of those chunks,
/// and leaves `here` where it was. An index of another file, of the file before something was added to it, or one that
/// has lost a part would make records vanish in silence.
[[nodiscard]] const char* fault_in_index(Blocks& here, const BinIndex& index, AfterChunks after,
                                         const ReadStart& start);

/// Takes what an index names for the stretch [begin, end) of a contig that has these chunks, and returns spans, in
/// order and apart, of all of the contig's records that begin in it; those that begin before it are there if they were
/// named. A window's offset that is wrong loses none of them so.
[[nodiscard]] std::vector<Span> all_of_stretch(std::span<const BinChunk> chunks, std::int64_t begin, std::int64_t end,
                                               std::vector<Span> named);

/// What an index says of stretches, believed only as far as the file bears it out: a chunk that is put down for a wrong
/// bin would be passed over.
class CheckedStretches {
 public:
  /// Refers to the index, which must outlive it.
  CheckedStretches(const BinIndex& index, ReadStart start) : index_{&index}, start_{std::move(start)} {}

  /// Returns all_of_stretch() of what the index names. nullopt: the index is wrong, of the stretch's beginning, or of
  /// its end where chunks lie behind it. Leaves `here` anywhere.
  [[nodiscard]] std::optional<std::vector<Span>> spans(Blocks& here, int contig, std::int64_t begin, std::int64_t end);

 private:
  [[nodiscard]] bool is_right(Blocks& here, int contig, const BinChunk& chunk);

  const BinIndex* index_;
  ReadStart start_;
  std::unordered_set<std::uint64_t> seen_;  // chunks that begin as they should
};

}  // namespace stardose::genomics
