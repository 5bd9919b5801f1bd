// Whether an index is that of its file.
#pragma once

#include <string>
#include <vector>

#include "genomics/io/blocks.h"
#include "genomics/io/shard.h"

namespace stardose::genomics {

/// Returns the chunks of every contig that an index names. `query` gives a contig's iterator, whole, or null.
template <typename Query>
std::vector<Span> all_chunks(int contigs, const Query& query) {
  std::vector<Span> chunks;
  for (int contig = 0; contig < contigs; ++contig) {
    const HtsHandle<hts_itr_t> iterator{query(contig)};
    for (int k = 0; iterator && k < iterator->n_off; ++k) {
      chunks.push_back({iterator->off[k].u, iterator->off[k].v, false});
    }
  }
  return chunks;
}

/// What may follow on the last record that an index knows.
enum class AfterChunks : std::uint8_t {
  nothing,
  unplaced_reads,  ///< of a BAM, which its index leaves out
};

/// Returns why these chunks are not all of a file that is in order of position: each record lies in one of them, from
/// the first, where `here` is, to the last. nullptr: they are. Reads at most a few blocks, and leaves `here` where it
/// was. An index of another file, of the file before something was added to it, or one that has lost a part would
/// make records vanish in silence.
[[nodiscard]] const char* fault_in_chunks(Blocks& here, std::vector<Span> chunks, AfterChunks after);

}  // namespace stardose::genomics
