// Judging reads of chromosomes that carry variants of other sites beside the one asked about.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "genomics/reads/allele_judge.h"
#include "genomics/reads/local_site.h"
#include "genomics/reads/read_piece.h"

namespace stardose::genomics {

/// The reference's bases at nearby sites are known: puts them into a flank that begins at `begin`, and marks what they
/// may be instead.
void mark_nearby(const LocalSite& site, std::int64_t begin, std::vector<std::uint8_t>& flank);

/// Haplotypes with the flanks as they are, and then with one of the insertions or deletions that nearby sites list.
[[nodiscard]] std::vector<LocalHaplotypes> nearby_haplotypes(const LocalSite& site,
                                                             const std::vector<std::uint8_t>& left,
                                                             const std::vector<std::uint8_t>& right);

/// A piece that does not fit as it should is laid on the haplotypes with nearby variants too, and judged on those that
/// it fits best.
class NearbyJudge {
 public:
  /// `haplotypes` must outlive it. `least_quality`: of a verdict.
  NearbyJudge(const std::vector<LocalHaplotypes>& haplotypes, int least_quality);

  /// As AlleleJudge::judge().
  [[nodiscard]] std::optional<AlleleVerdict> judge(const ReadPiece& piece, const PieceStore& store);

 private:
  [[nodiscard]] int least_cost(std::size_t with, const ReadPiece& piece, const PieceStore& store);
  /// What the cheapest other allele costs, with whatever is nearby.
  [[nodiscard]] int rival_of(std::size_t allele) const;

  int least_quality_;
  std::size_t alleles_;
  std::vector<AlleleJudge> judges_;
  std::vector<int> costs_;  // haplotypes by haplotypes, alleles within
};

}  // namespace stardose::genomics
