// Collects the pieces of reads around local sites of one contig and has them judged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
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
  /// How many reads have which base, by position.
  class BaseCounts {
   public:
    void clear();
    /// As many positions as there are from now on, and a read; it may be seen at each of them once.
    void begin_read(std::size_t positions);
    void see(std::size_t first, std::span<const std::uint8_t> bases);
    /// The base that most have; unknown_base: none was seen.
    [[nodiscard]] std::uint8_t most_frequent(std::size_t position) const;

   private:
    void sum_up();

    std::size_t positions_ = 0;
    int reads_ = 0;                    // since summed up
    std::vector<std::uint8_t> few_;    // by base and position: of these reads
    std::vector<std::uint32_t> many_;  // and of those before
  };
  struct Pile {
    PieceStore store;
    DepthCap cap;
    BaseCounts counts;
  };

  Pile& pile_of(std::size_t site);
  void count_bases(const AlignedRead& read, CigarWalk walk, const LocalSite& site, Pile& pile);
  [[nodiscard]] std::vector<std::uint8_t> flank(const LocalSite& site, const Pile& pile, std::int64_t from) const;
  void judge(std::size_t site);

  std::string contig_;
  const std::vector<LocalSite>& sites_;
  ReferenceBases* reference_;
  ReadFilter filter_;
  EvidenceBuilder& into_;
  std::int64_t widest_flank_ = 0;
  std::vector<Pile> piles_;          // of the sites from first_ on, and spare ones
  std::size_t first_ = 0;            // not judged yet
  std::vector<std::uint8_t> bases_;  // of a read at a site
};

}  // namespace stardose::genomics
