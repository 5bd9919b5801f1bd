// What is known of the rows that are being explained.
#pragma once

#include <cstdint>
#include <vector>

#include "learning/explain/tree_shap.h"

namespace stardose::learning {

/// Rows that go through a tree before the next tree's factors are fetched.
inline constexpr std::size_t explained_at_once = 32;

struct TreeShap::Scratch {
  std::vector<double> columns;  ///< explained_at_once a column
  std::vector<float> float_columns;
  std::vector<std::uint8_t> passing;  ///< o of each edge
  std::vector<std::uint8_t> cases;
  std::vector<double> products;  ///< points of each edge: first the product down to it, then the sum of leaves below
};

}  // namespace stardose::learning
