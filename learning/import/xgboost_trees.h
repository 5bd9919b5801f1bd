// The trees of a model of XGBoost.
#pragma once

#include "learning/document/field.h"
#include "learning/trees/tree_ensemble.h"

namespace stardose::learning {

struct XgboostTrees {
  TreeEnsemble ensemble;
  std::size_t rounds = 0;  ///< of boosting
};

/// Reads `gradient_booster`; `base` has the margin that each output starts from; the version is that of the
/// XGBoost that wrote the file. Throws InputError (input).
[[nodiscard]] XgboostTrees read_xgboost_trees(const Field& booster, const std::vector<float>& base,
                                              std::int64_t major_version);

}  // namespace stardose::learning
