// Nearest neighbours: the rows themselves are the model.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "learning/model/rows.h"

namespace stardose::learning {

enum class NeighbourWeight : std::uint8_t {
  uniform,
  inverse_distance,  ///< where a neighbour's distance is 0, those of distance 0 alone
};

/// Margin k of a row is the weighted mean of target k of the `neighbours` known rows that are nearest by Euclid's
/// distance, of equal ones those that stand first. A missing value makes the margins NaN.
struct NearestNeighbours {
  std::size_t neighbours = 1;
  NeighbourWeight weight = NeighbourWeight::uniform;
  std::size_t outputs = 1;
  std::vector<double> vectors;  ///< one after the other, a value for each feature
  std::vector<double> targets;  ///< vector after vector, `outputs` each
  std::vector<double> weights;  ///< how much each vector counts; empty: all the same

  bool operator==(const NearestNeighbours&) const = default;
};

/// Returns what is wrong with it for so many features: a count that does not fit, more neighbours than vectors, a
/// number that is not finite, a weight that is not above 0.
[[nodiscard]] std::optional<std::string> fault_of(const NearestNeighbours& model, std::size_t features);

/// Writes a row's margins behind the row before. Requires: fault_of() found nothing for rows.width.
void neighbour_margins(const NearestNeighbours& model, const Rows& rows, std::span<double> margins);

}  // namespace stardose::learning
