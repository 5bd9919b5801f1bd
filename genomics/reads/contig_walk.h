// Asks the reads of one contig, in the order of the file, what a layout wants to know.
#pragma once

#include <cstddef>
#include <cstdint>

#include "genomics/basics/reference_bases.h"
#include "genomics/reads/aligned_read.h"
#include "genomics/reads/alignment_input_options.h"
#include "genomics/reads/evidence_builder.h"
#include "genomics/reads/local_walk.h"
#include "genomics/reads/read_layout.h"

namespace stardose::genomics {

/// Takes nothing from the allocator a read, once its piles have grown.
class ContigWalk {
 public:
  /// `reference` may be null.
  ContigWalk(const ContigLayout& layout, ReferenceBases* reference, const ReadFilter& filter, EvidenceBuilder& into);

  [[nodiscard]] const std::string& contig() const { return layout_.contig; }
  /// Returns whether bases are looked at, not the depth alone.
  [[nodiscard]] bool asks_bases() const { return !layout_.base_sites.empty() || !layout_.local_sites.empty(); }
  /// Returns whether a read with these ends has anything to say. Reads come by their begin.
  [[nodiscard]] bool concerns(std::int64_t begin, std::int64_t end);
  /// Takes a read that concerns().
  void take(const AlignedRead& read);
  /// Call when there are no more reads.
  void finish() { local_.finish(); }

 private:
  void take_bases(const AlignedRead& read);
  void take_depth(const AlignedRead& read);
  void see(const BaseSite& site, const AlignedRead& read, std::int64_t at);
  void see_gap(const BaseSite& site, const AlignedRead& read, std::int64_t at);

  const ContigLayout& layout_;
  ReadFilter filter_;
  EvidenceBuilder& into_;
  LocalWalk local_;
  bool concerns_local_ = false;
  std::size_t first_site_ = 0;  // that a coming read can reach
  std::size_t first_depth_ = 0;
};

}  // namespace stardose::genomics
