// A feature: one number that a model takes of each person.
#pragma once

#include <optional>
#include <string>

namespace stardose::learning {

/// Its place in Model::features is its column in the rows. What is not known is left empty.
struct Feature {
  std::string name;
  std::string unit;              ///< of the values the model was trained on, such as `kg`
  std::optional<double> lowest;  ///< of the values it was trained on: outside of these a prediction is to be flagged
  std::optional<double> highest;
  std::optional<double> mean;  ///< of the values it was trained on: what linear contributions are measured from

  bool operator==(const Feature&) const = default;
};

}  // namespace stardose::learning
