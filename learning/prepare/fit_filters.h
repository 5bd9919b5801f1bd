// Fitting which columns stay.
#pragma once

#include <cstdint>
#include <vector>

#include "learning/prepare/fitting.h"

namespace stardose::learning {

void fit_step(const VarianceFilterStep& step, Fitting& fitting);
void fit_step(const CorrelationFilterStep& step, Fitting& fitting);

/// What a selection learns with.
struct Selection {
  const Outcomes& outcomes;
  std::uint64_t seed;
  const FitFunction& fit;
};
/// `selection` is nullptr in a rehearsal.
void fit_step(const SelectStep& step, Fitting& fitting, const Selection* selection);

/// Returns how much use a method makes of each feature of the rows it was learned from, added over margins: in a linear
/// model the size of a coefficient times the feature's standard deviation; in trees how much the splits on it lower the
/// sum of squares; else how far margins move when the feature's values go one row on.
[[nodiscard]] std::vector<double> use_of_features(const Method& method, const Rows& rows);

}  // namespace stardose::learning
