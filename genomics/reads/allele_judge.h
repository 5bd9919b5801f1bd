// Which allele a piece of a read carries, by its bases and not by its CIGAR.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "genomics/reads/gapped_cost.h"
#include "genomics/reads/local_site.h"
#include "genomics/reads/read_piece.h"

namespace stardose::genomics {

struct AlleleVerdict {
  std::uint8_t allele = 0;   ///< number of an allele, or other_read_allele
  std::uint8_t quality = 0;  ///< Phred: the next best allele against this one
  friend bool operator==(const AlleleVerdict&, const AlleleVerdict&) = default;
};

/// Bases of a piece, and where an aligner has put the first and the last aligned one.
struct LaidPiece {
  std::span<const std::uint8_t> bases;
  std::span<const std::uint8_t> qualities;
  Anchor left;
  Anchor right;
};

/// Lays each piece on the haplotypes of one site. A base that differs costs its quality. Each allele is tried where
/// the piece's first and where its last aligned base puts it, without gaps; if none fits well, with gaps.
class AlleleJudge {
 public:
  /// `least_quality`: of a verdict.
  AlleleJudge(const LocalHaplotypes& haplotypes, int least_quality);

  /// nullopt: the piece does not reach far enough to tell, or resembles nothing.
  [[nodiscard]] std::optional<AlleleVerdict> judge(const ReadPiece& piece, const PieceStore& store);

  /// What the piece costs by allele, without gaps; clipped bases that fit nothing have a flat rate. Empty: no aligned
  /// base says where it lies. Valid until the next call.
  [[nodiscard]] std::span<const int> costs(const ReadPiece& piece, const PieceStore& store);

 private:
  /// Where a piece may begin in a haplotype: at most two places by each anchor.
  struct Starts {
    std::array<std::int64_t, 4> at{};
    std::size_t count = 0;
    void add(std::int64_t start);
  };

  [[nodiscard]] LaidPiece without_strange_clips(const LaidPiece& whole, const ReadPiece& piece) const;
  [[nodiscard]] Starts starts(const LaidPiece& laid, std::size_t allele) const;
  [[nodiscard]] std::int64_t size(std::size_t allele) const;
  /// Where a piece costs least on a haplotype.
  struct Placed {
    int cost = 0;
    std::int64_t start = 0;
  };
  [[nodiscard]] Placed placed(const LaidPiece& laid, std::size_t allele) const;
  /// What is sure about a length, by the piece's bases from `first` to `last`.
  [[nodiscard]] int length_quality(const LaidPiece& laid, std::int64_t first, std::int64_t last) const;
  [[nodiscard]] std::optional<AlleleVerdict> other(const LaidPiece& laid, int best) const;
  [[nodiscard]] bool covers(const LaidPiece& laid, std::size_t allele, std::int64_t start) const;
  [[nodiscard]] bool covers_surely(const LaidPiece& laid, std::size_t allele, std::int64_t start) const;
  [[nodiscard]] bool fits(const LaidPiece& laid, std::size_t allele, std::int64_t start) const;
  [[nodiscard]] int gapped(const LaidPiece& laid, std::size_t allele, bool anywhere, int most);
  [[nodiscard]] int gapped_anywhere(const LaidPiece& laid, int most);
  struct Cheapest {
    std::size_t allele = 0;
    int cost = 0;
  };
  /// Lowers the costs, which are those without gaps, as far as they come under `most`; `without`: the least of them.
  Cheapest place_with_gaps(const LaidPiece& laid, int without, int most);
  [[nodiscard]] std::optional<AlleleVerdict> judge_with_gaps(const LaidPiece& laid, int without);
  [[nodiscard]] std::optional<AlleleVerdict> lay(const ReadPiece& piece, const LaidPiece& whole);
  /// Fills the costs; returns the least.
  int place_without_gaps(const LaidPiece& laid);
  [[nodiscard]] std::optional<AlleleVerdict> best_of_costs(const LaidPiece& laid, bool gapped) const;
  [[nodiscard]] std::optional<AlleleVerdict> verdict(std::uint8_t allele, int quality) const;

  const LocalHaplotypes& haplotypes_;
  int least_quality_;
  std::vector<int> costs_;
  std::vector<std::int64_t> starts_;      // without gaps
  std::vector<GappedCost> gapped_costs_;  ///< by allele
  /// By all that a verdict hangs on, of pieces that are aligned across: long reads show the same over and over.
  std::unordered_map<std::string, std::optional<AlleleVerdict>> known_;
  std::string words_;
};

}  // namespace stardose::genomics
