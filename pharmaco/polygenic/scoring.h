// Everything that a cohort is scored with.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "genomics/basics/assembly.h"
#include "pharmaco/polygenic/polygenic_options.h"
#include "pharmaco/polygenic/reference_scores.h"
#include "pharmaco/polygenic/score_matcher.h"
#include "pharmaco/polygenic/score_rules.h"
#include "pharmaco/polygenic/score_sums.h"
#include "pharmaco/polygenic/score_units.h"
#include "pharmaco/polygenic/scoring_file.h"

namespace stardose::pharmaco {

/// Scoring files, and what rows of the input make of them. Stays where it is: its parts refer to each other.
class Scoring {
 public:
  /// Reads the files. `assembly`: of the input; nullopt: not known, and then all files must be on one.
  /// Throws InputError.
  Scoring(const PolygenicOptions& options, std::optional<genomics::Assembly> assembly, std::size_t samples);
  ~Scoring() = default;
  Scoring(const Scoring&) = delete;
  Scoring& operator=(const Scoring&) = delete;
  Scoring(Scoring&&) = delete;
  Scoring& operator=(Scoring&&) = delete;

  [[nodiscard]] const std::vector<ScoringFile>& files() const { return files_; }
  [[nodiscard]] const ScoreUnits& units() const { return units_; }
  [[nodiscard]] const ScorePlan& plan() const { return plan_; }
  [[nodiscard]] const ReferenceScores& references() const { return references_; }
  [[nodiscard]] ScoreMatcher& matcher() { return matcher_; }
  [[nodiscard]] const ScoreMatcher& matcher() const { return matcher_; }
  [[nodiscard]] ScoreSums& sums() { return sums_; }

  /// Call after the last row: variants get their last fates.
  void finish();
  /// Sentences for the user, of the files and after finish() of the whole.
  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  ScoreRules rules_;
  std::vector<std::string> warnings_;
  std::vector<ScoringFile> files_;
  ScoreUnits units_;
  ReferenceScores references_;
  ScorePlan plan_;
  ScoreMatcher matcher_;
  ScoreSums sums_;
};

}  // namespace stardose::pharmaco
