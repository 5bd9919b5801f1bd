// Scores on their way: rows in, sums for each sample out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "genomics/matrix/row_counts.h"
#include "genomics/matrix/weighted_sums.h"
#include "pharmaco/polygenic/score_matcher.h"
#include "pharmaco/polygenic/score_rules.h"
#include "pharmaco/polygenic/score_units.h"
#include "pharmaco/polygenic/scoring_file.h"

namespace stardose::pharmaco {

/// What is needed to sum rows up; nothing of it changes meanwhile, so that many threads may.
struct ScorePlan {
  const std::vector<ScoringFile>& files;
  const ScoreUnits& units;
  ScoreRules rules;
  std::size_t samples = 0;
};

/// What genotypes have decided about a variant that matched by its alleles.
struct LateFate {
  std::uint16_t file = 0;
  std::uint32_t variant = 0;
  VariantFate fate = VariantFate::matched;
};

/// Sums of some rows. Those of all rows are those of any parts of them, joined in any order.
class ScoreSums {
 public:
  /// The plan must outlive it.
  explicit ScoreSums(const ScorePlan& plan);

  /// Adds a row of bed_row_size() bytes that is these variants.
  void add(std::span<const std::uint8_t> row, std::span<const ScoreHit> hits);
  /// Adds a row of expected numbers of copies, NaN where they are not known. Between whole numbers a weight is taken on
  /// the straight line.
  void add(std::span<const float> dosages, std::span<const ScoreHit> hits);
  void join(ScoreSums& other);

  [[nodiscard]] double sum(std::size_t column, std::size_t sample);
  /// Variants of the column that the sample has no genotype for.
  [[nodiscard]] std::uint32_t missing(std::size_t column, std::size_t sample) const {
    return missing_[sample * plan_.units.columns() + column];
  }
  [[nodiscard]] const std::vector<LateFate>& late_fates() const { return late_; }
  /// Variants whose missing genotypes were to get a reference frequency that is not known, and got the cohort's mean.
  [[nodiscard]] std::size_t without_reference() const { return without_reference_; }

 private:
  /// Decides about a hit by the copies of the counted allele: how many there are in how many samples. `turned`: the
  /// effect allele is the other one. Returns whether it counts.
  [[nodiscard]] bool settle(const ScoreHit& hit, double copies, double genotypes, bool& turned);
  [[nodiscard]] double expected(const ScoreVariant& variant, const std::array<double, 3>& worth,
                                double cohort_mean) const;
  void note_missing(const ScoreHit& hit);

  const ScorePlan& plan_;
  genomics::WeightedSums sums_;
  std::vector<std::uint32_t> missing_;  // sample, column
  std::vector<LateFate> late_;
  std::size_t without_reference_ = 0;
  std::vector<genomics::CodeValues> values_;  // of the row at hand
  std::vector<std::uint32_t> missing_here_;
};

}  // namespace stardose::pharmaco
