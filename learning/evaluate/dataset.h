// People whose outcome is known, to learn from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "learning/frame/frame.h"
#include "learning/model/target.h"

namespace stardose::learning {

struct Dataset {
  Frame people;                       ///< the columns that features may be made of, and no others
  std::vector<double> targets;        ///< one a row, in its own unit; with classes: the number of the class
  std::size_t classes = 0;            ///< 0: a quantity
  TargetScale scale;                  ///< of a quantity
  std::vector<double> weights;        ///< one a row, or none
  std::vector<std::uint32_t> groups;  ///< one a row, or none: rows that folds by group keep together
};

/// Returns what is wrong with it, and where: a frame's fault, other numbers of rows, a target that the scale cannot
/// have or that is no class.
[[nodiscard]] std::optional<std::string> fault_of(const Dataset& data);

/// Returns the rows at these places, in this order.
[[nodiscard]] Dataset rows_of(const Dataset& data, const std::vector<std::size_t>& places);

/// Returns the targets on the scale that is learned.
[[nodiscard]] std::vector<double> learned_targets(const Dataset& data);

}  // namespace stardose::learning
