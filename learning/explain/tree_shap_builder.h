// What of an ensemble's Shapley values does not depend on the row.
#pragma once

#include "learning/explain/quadrature.h"
#include "learning/explain/tree_shap.h"

namespace stardose::learning {

/// Puts the edges of trees in order and works out their factors. For each edge and each of three cases there are
/// `points` ratios, by which the product grows along the edge, and as many gains, by which the sum of the leaves below
/// counts for the edge's feature. The case is o of the edge plus o of the nearest edge above of the same feature (1
/// where there is none).
class TreeShap::Builder {
 public:
  explicit Builder(TreeShap& shap) : shap_{shap} {}

  void add(const TreeEnsemble& ensemble, const Tree& tree, double divisor);

 private:
  void add_edges(const TreeEnsemble& ensemble, const Tree& tree, std::size_t node, std::int32_t above, double reach);
  [[nodiscard]] std::size_t points_needed(const ShapTree& entry) const;
  void add_factors(const ShapTree& entry);
  void add_factors_of(const Edge& at, std::size_t passing, const Quadrature& rule);
  [[nodiscard]] std::int32_t same_feature_above(std::int32_t above, std::int32_t feature) const;
  Edge& edge(std::int32_t place) const;

  TreeShap& shap_;
  double divisor_ = 1;
  double expectation_ = 0;
};

inline constexpr std::size_t cases_of_an_edge = 3;

}  // namespace stardose::learning
