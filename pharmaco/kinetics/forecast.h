// What will be measured in a patient under planned doses.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/kinetics/individual.h"

namespace stardose::pharmaco {

struct ValueRange {
  double low = 0;
  double high = 0;
};

/// At one time, in the observable's unit. Bands are of the patient's own value, `next_` ones of what would be measured.
struct ForecastPoint {
  double day = 0;
  double median = 0;
  ValueRange half;       ///< 50 %
  ValueRange most;       ///< 90 %
  ValueRange next_half;  ///< 50 %
  ValueRange next_most;  ///< 90 %
  double in_range = 0;   ///< probability; 0 where no range is asked for
  double above = 0;      ///< probability of a value above `ForecastQuestion::unsafe`; 0 where there is none
};

/// The doses of the history and these.
struct ForecastQuestion {
  std::string observable;
  std::vector<GivenDose> planned;
  std::vector<double> days;  ///< ascending; may lie in the past, where the curve is what the patient's probably was
  std::optional<ValueRange> range;
  std::optional<double> unsafe;
};

/// Pure; thread-safe; deterministic. Requires: the observable and the routes are the model's.
[[nodiscard]] std::vector<ForecastPoint> forecast(const Individual& individual, const ForecastQuestion& question);

/// Returns the range that the model's plan aims at in this patient. Requires: the model has a plan of advice.
[[nodiscard]] ValueRange target_range(const Individual& individual);

}  // namespace stardose::pharmaco
