// A column of people that a model takes, before it is made into features, and what it held in training.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "learning/frame/frame.h"

namespace stardose::learning {

/// What the model has seen, so that a person unlike those is told apart; and who is not to be predicted at all.
struct ModelColumn {
  ColumnKind kind;
  std::optional<double> lowest;  ///< of a number, seen: outside of these a prediction is flagged
  std::optional<double> highest;
  std::vector<std::uint64_t> seen;  ///< of a category, how many people of each level; or nothing is known of it
  std::uint64_t missing = 0;        ///< how many people lacked it
  bool required = false;            ///< who lacks it is refused
  std::optional<double> least;      ///< whose number is outside of these is refused
  std::optional<double> greatest;

  bool operator==(const ModelColumn&) const = default;
};

/// Returns what is wrong with it: no name, ranges upside down or of a category, counts that do not fit the levels.
[[nodiscard]] std::optional<std::string> fault_of(const ModelColumn& column);

}  // namespace stardose::learning
