// Rows as they are read, to sums.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "genomics/matrix/matrix_rows.h"
#include "pharmaco/polygenic/score_matcher.h"
#include "pharmaco/polygenic/score_sums.h"

namespace stardose::pharmaco {

/// Keeps the rows of a position until all of them are there, then matches and adds them up.
class RowScorer {
 public:
  /// `matcher` and `sums` are for nobody else meanwhile.
  RowScorer(ScoreMatcher& matcher, ScoreSums& sums, std::size_t samples)
      : matcher_{matcher}, sums_{sums}, samples_{samples} {}

  /// Takes rows in the order of the input.
  void take(const genomics::MatrixRows& rows);
  /// Call after the last rows.
  void finish();

 private:
  void keep_data(const genomics::MatrixRows& rows, std::size_t number);

  ScoreMatcher& matcher_;
  ScoreSums& sums_;
  std::size_t samples_;
  std::vector<TargetRow> rows_;  // of one position
  std::string bed_;              // theirs
  std::vector<float> dosages_;   // theirs, if that is what rows have
  std::vector<std::vector<ScoreHit>> hits_;
};

}  // namespace stardose::pharmaco
