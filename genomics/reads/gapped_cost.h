// What a piece of a read costs on a haplotype when gaps are allowed.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "genomics/reads/local_site.h"

namespace stardose::genomics {

/// Phred of opening and of prolonging a gap: GATK's PairHMM takes 45 and 10.
inline constexpr int gap_open_cost = 45;
inline constexpr int gap_extend_cost = 10;
/// A base that is not known fits one in four.
inline constexpr int unknown_base_cost = 6;
/// A nearby site's alternative: one chromosome in ten has it, as a rule that lets it count for less than an error.
inline constexpr int nearby_cost = 10;

namespace detail {

/// What a base of a read costs on one of a haplotype: its quality, but so much at least and at most, by the read's
/// base. Sequences are random: branches on whether bases fit would be guessed wrongly.
struct BaseCostBounds {
  std::array<std::uint8_t, 5> least{};
  std::array<std::uint8_t, 5> most{};
};

inline constexpr std::array<BaseCostBounds, 256> base_cost_bounds = [] {
  std::array<BaseCostBounds, 256> bounds{};
  for (std::size_t number = 0; number < bounds.size(); ++number) {
    const auto haplotype = static_cast<std::uint8_t>(number);
    for (std::uint8_t read = 0; read <= unknown_base; ++read) {
      std::uint8_t& least = bounds.at(number).least.at(read);
      std::uint8_t& most = bounds.at(number).most.at(read);
      most = std::numeric_limits<std::uint8_t>::max();
      if (read == unknown_base || haplotype == unknown_base) {
        least = most = unknown_base_cost;
      } else if (read == own_base(haplotype)) {
        most = 0;
      } else if (is_variable(haplotype) && may_be(haplotype, read)) {
        most = nearby_cost;
      }
    }
  }
  return bounds;
}();

}  // namespace detail

[[nodiscard]] constexpr int base_cost(std::uint8_t read, std::uint8_t quality, std::uint8_t haplotype) {
  const detail::BaseCostBounds& bounds = detail::base_cost_bounds[haplotype];
  return std::min(std::max(quality, bounds.least[read]), bounds.most[read]);
}

/// Bases of a haplotype where no gap may lie: neither a deletion of one of them nor an insertion beside one.
struct GapFree {
  std::int64_t begin = 0;
  std::int64_t end = -1;  ///< before `begin`: gaps may lie anywhere
};

/// What is no cost any more. Whatever costs more than `most_gapped_cost` is none either.
inline constexpr int impossible_cost = 1'000'000;
inline constexpr int most_gapped_cost = 15'000;

/// Pieces on one haplotype. Rows of the table are short numbers, so that processors reckon many cells at a time; its
/// tables are kept from call to call.
class GappedCost {
 public:
  /// `haplotype` is read when a piece is laid on it first, and must still be there.
  explicit GappedCost(std::span<const std::uint8_t> haplotype) : haplotype_{haplotype} {}

  /// The least cost of the piece laid whole on some part of the haplotype, beginning between `first_start` and
  /// `last_start` and never further from those diagonals than a band; impossible_cost if it is more than `most`.
  [[nodiscard]] int operator()(std::span<const std::uint8_t> bases, std::span<const std::uint8_t> qualities,
                               std::int64_t first_start, std::int64_t last_start, const GapFree& gap_free, int most);

 private:
  using Cost = std::int16_t;
  /// By base of the haplotype from `first_column_` on, beyond its ends too: bounds of the cost of each read base.
  struct Profile {
    std::array<std::vector<Cost>, unknown_base + 1> least;
    std::array<std::vector<Cost>, unknown_base + 1> most;
  };
  void widen(std::int64_t first_column, std::int64_t columns);
  [[nodiscard]] int fill(std::span<const std::uint8_t> bases, std::span<const std::uint8_t> qualities,
                         std::size_t offset, std::size_t width, Cost most);
  /// Lets deletions lower the row's costs.
  void delete_in_row(std::size_t row, std::size_t padded, std::size_t longest);
  void set_gaps(const GapFree& gap_free, std::int64_t lowest, std::size_t columns, std::size_t padded);

  std::span<const std::uint8_t> haplotype_;
  std::int64_t first_column_ = 0;
  Profile profile_;
  /// By diagonal: least costs of the piece up to a base; that base is aligned; or inserted.
  std::vector<Cost> outside_;  ///< none beyond the band
  std::vector<Cost> best_;
  std::vector<Cost> aligned_;
  std::vector<Cost> inserted_;
  std::vector<Cost> deleted_;
  /// By column of the piece's stretch: what it costs to open a gap behind it or by lacking it.
  std::vector<Cost> insert_open_;
  std::vector<Cost> delete_open_;
  std::vector<std::vector<Cost>> delete_more_;  ///< and lacking 1, 2, 4... more up to it
};

}  // namespace stardose::genomics
