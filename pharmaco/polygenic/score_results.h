// How much of a score the input has, and what is written about it.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "pharmaco/polygenic/reference_scores.h"
#include "pharmaco/polygenic/score_sums.h"
#include "pharmaco/polygenic/scoring_file.h"

namespace stardose::pharmaco {

/// One score, after all rows were read.
struct ScoreOverlap {
  std::string score;
  std::size_t file = 0;
  std::size_t column = 0;
  std::size_t variants = 0;  ///< of the file, each once
  std::size_t scored = 0;
  double weight = 0;  ///< sum of effect sizes
  double weight_scored = 0;
  std::array<std::size_t, variant_fates> fates{};  ///< by VariantFate

  [[nodiscard]] double share() const {
    return variants == 0 ? 0 : static_cast<double>(scored) / static_cast<double>(variants);
  }
  [[nodiscard]] double weight_share() const { return weight > 0 ? weight_scored / weight : share(); }
  [[nodiscard]] bool is_enough(double min_overlap) const {
    return scored > 0 && share() >= min_overlap && weight_share() >= min_overlap;
  }
};

/// Gives variants the fates that genotypes decided.
void apply_late_fates(std::vector<ScoringFile>& files, std::span<const LateFate> fates);

/// Returns one entry for each column of `units`.
[[nodiscard]] std::vector<ScoreOverlap> overlaps(const std::vector<ScoringFile>& files, const ScoreUnits& units);

/// Returns why a score is refused: a sentence with the numbers.
[[nodiscard]] std::string refusal(const ScoreOverlap& overlap, double min_overlap);

/// summary.tsv: a line for each score.
[[nodiscard]] std::string summary_tsv(std::span<const ScoreOverlap> scores, const std::vector<ScoringFile>& files,
                                      double min_overlap);
/// NAME.matches.tsv: a line for each variant of the file.
[[nodiscard]] std::string matches_tsv(const ScoringFile& file);

[[nodiscard]] std::string scores_header();
/// Appends a sample's lines of scores.tsv, one for each of `scores` that is not refused.
void append_scores(const std::string& sample, std::size_t number, std::span<const ScoreOverlap> scores, ScoreSums& sums,
                   const ScoreRules& rules, const ReferenceScores& references, double min_overlap, std::string& text);

}  // namespace stardose::pharmaco
