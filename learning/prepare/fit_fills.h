// Fitting what is put in place of missing values.
#pragma once

#include "learning/prepare/fitting.h"

namespace stardose::learning {

void fit_step(const FillStep& step, Fitting& fitting);

/// Mean and standard deviation (of n) of the known values; 0 where there are none.
struct Moments {
  double mean = 0;
  double deviation = 0;
  std::size_t known = 0;
};
[[nodiscard]] Moments moments_of(const std::vector<double>& values);

}  // namespace stardose::learning
