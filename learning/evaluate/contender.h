// A way from people to predictions that is tried, with the choices that are left to the data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "learning/prepare/step.h"
#include "learning/train/learner.h"

namespace stardose::learning {

struct Candidate {
  std::vector<Step> steps;
  LearnerSpec learner;

  bool operator==(const Candidate&) const = default;
};

/// Several candidates: the one is taken that is best in inner folds of the training rows, of equals the first. Several
/// contenders are blended: their predictions on the learned scale (of classes: probabilities) are averaged by weight.
struct Contender {
  std::string name;
  std::vector<Candidate> candidates;
  double weight = 1;
  /// So often the candidate that was chosen is learned, with seeds of its own, and averaged; in inner folds once.
  std::uint32_t repeats = 1;
};

struct GridAxis {
  std::string setting;
  std::vector<Setting> values;
};

/// Returns the learner with every combination of the values, the last axis running fastest. No axes: the learner alone.
[[nodiscard]] std::vector<LearnerSpec> expand(const LearnerSpec& learner, const std::vector<GridAxis>& grid);

}  // namespace stardose::learning
