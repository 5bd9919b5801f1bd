// The variants of a scoring file by their places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/polygenic/scoring_file.h"

namespace stardose::pharmaco {

/// Returns the one name of a contig as scoring files and PLINK write it: `chrX` for X, 23 and XY.
[[nodiscard]] std::string canonical_score_contig(std::string_view name);

/// A pair of alleles at a place, without the bases that both begin or end with: `CAT`/`CA` at 10 is `T`/`` at 12.
struct TrimmedPair {
  std::int64_t position = 0;
  std::string first;
  std::string second;

  friend bool operator==(const TrimmedPair&, const TrimmedPair&) = default;
};
[[nodiscard]] TrimmedPair trimmed_pair(std::int64_t position, std::string_view first, std::string_view second);

/// Where to look for a pair of alleles: its trimmed place. Single bases, and a lone allele (`second` empty), stay.
[[nodiscard]] std::int64_t place_of_pair(std::int64_t position, std::string_view first, std::string_view second);

/// Immutable after construction. Holds a reference to the file, whose variants must stay.
class ScoreIndex {
 public:
  explicit ScoreIndex(const ScoringFile& file);

  /// Returns the variants (numbers in the file) whose place_of_pair() is this; `contig` is canonical.
  [[nodiscard]] std::span<const std::uint32_t> at(std::string_view contig, std::int64_t position) const;
  /// Returns whether there is any from `first` to `last`.
  [[nodiscard]] bool any(std::string_view contig, std::int64_t first, std::int64_t last) const;

 private:
  struct Stretch {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  /// The variants of a contig, as places in the arrays below.
  [[nodiscard]] Stretch stretch(std::string_view contig) const;

  const ScoringFile& file_;
  std::vector<Stretch> contigs_;      // as the file's
  std::vector<std::uint32_t> order_;  // of the variants that are looked for: by contig and place
  std::vector<std::int32_t> places_;  // in that order
};

/// Gives each variant that repeats an earlier one (the same alleles, model and weights at the same place, however many
/// bases around them are written) that fate.
/// Throws InputError (input) where the weights differ: which one is meant is not known.
void mark_repeated(ScoringFile& file);

}  // namespace stardose::pharmaco
