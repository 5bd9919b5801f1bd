// Collects the pieces of reads around local sites of one contig and has them judged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "genomics/basics/reference_bases.h"
#include "genomics/reads/alignment_input_options.h"
#include "genomics/reads/depth_cap.h"
#include "genomics/reads/evidence_builder.h"
#include "genomics/reads/local_site.h"
#include "genomics/reads/read_piece.h"

namespace stardose::genomics {

/// A site is judged when the reads have come past it. What its haplotypes have beside the alleles is the reference's
/// where there is one; else, at each position, the base that most of the reads there have.
class LocalWalk {
 public:
  /// `sites` by position; `reference` may be null.
  LocalWalk(const std::string& contig, const std::vector<LocalSite>& sites, ReferenceBases* reference,
            const ReadFilter& filter, EvidenceBuilder& into);

  /// Judges the sites that no read from `begin` on can reach. Returns whether a read with these ends lies in a window.
  [[nodiscard]] bool concerns(std::int64_t begin, std::int64_t end);
  /// Takes a read that concerns().
  void take(const AlignedRead& read);
  /// Judges what is left.
  void finish();

 private:
  struct Pile {
    PieceStore store;
    DepthCap cap;
    std::vector<std::uint32_t> counts;  // four bases for each position of the haplotypes
  };

  Pile& pile_of(std::size_t site);
  void count_bases(const AlignedRead& read, CigarWalk walk, const LocalSite& site, Pile& pile) const;
  [[nodiscard]] std::vector<std::uint8_t> flank(const LocalSite& site, const Pile& pile, std::int64_t from) const;
  void judge(std::size_t site);

  std::string contig_;
  const std::vector<LocalSite>& sites_;
  ReferenceBases* reference_;
  ReadFilter filter_;
  EvidenceBuilder& into_;
  std::int64_t widest_flank_ = 0;
  std::vector<Pile> piles_;  // of the sites from first_ on, and spare ones
  std::size_t first_ = 0;    // not judged yet
};

}  // namespace stardose::genomics
