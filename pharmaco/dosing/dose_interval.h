// Where the true dose probably lies.
#pragma once

#include <optional>
#include <string>

#include "pharmaco/dosing/dosing_algorithm.h"

namespace stardose::pharmaco {

/// An interval around a dose, by the residuals of patients like this one.
struct DoseInterval {
  double low = 0;  ///< in the algorithm's unit
  double high = 0;
  double level = 0;   ///< share of such patients whose dose is between them
  int patients = 0;   ///< whose residuals it rests on; 0: not stated
  std::string by;     ///< title of the input that divides patients; empty: nothing does
  std::string group;  ///< the category of patients; empty: everyone
  int part = 0;       ///< which part of the range of doses, from 1 on; 0: all of it
  int parts = 1;
  std::optional<double> at_other_sites;  ///< percent of doses that such intervals held where they were not made
  std::string source;
};

/// Pure; thread-safe. nullopt: the algorithm's file says nothing, or the input that groups patients is not known.
/// Requires: value is the algorithm's dose for these inputs.
[[nodiscard]] std::optional<DoseInterval> interval_of(const DosingAlgorithm& algorithm, double value,
                                                      const InputValues& inputs);

}  // namespace stardose::pharmaco
