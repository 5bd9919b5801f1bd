// Edges and their factors.
#include "learning/explain/tree_shap_builder.h"

#include <algorithm>
#include <array>

namespace stardose::learning {

namespace {

/// The factor of a feature at point t.
double factor(double share, bool passes, double t) { return (1 - t) * share + (passes ? t : 0); }

/// The factor's derivative over the factor. Where no row of the training passed and this one does not either, the
/// feature has no part in the leaves below, which count nothing.
double gain(double share, bool passes, double t) {
  const double whole = factor(share, passes, t);
  return whole > 0 ? ((passes ? 1 : 0) - share) / whole : 0;
}

}  // namespace

TreeShap::Edge& TreeShap::Builder::edge(std::int32_t place) const {
  return shap_.edges_[shap_.trees_.back().first_edge + static_cast<std::size_t>(place)];
}

void TreeShap::Builder::add(const TreeEnsemble& ensemble, const Tree& tree, double divisor) {
  divisor_ = divisor;
  expectation_ = 0;
  shap_.trees_.push_back({tree.output, 0, shap_.edges_.size(), 0, shap_.factors_.size()});
  if (tree.nodes[0].is_leaf()) expectation_ = tree.nodes[0].value / divisor;
  add_edges(ensemble, tree, 0, -1, 1);
  shap_.expectations_[static_cast<std::size_t>(tree.output)] += expectation_;
  ShapTree& entry = shap_.trees_.back();
  entry.edges = shap_.edges_.size() - entry.first_edge;
  entry.points = points_needed(entry);
  add_factors(entry);
}

std::int32_t TreeShap::Builder::same_feature_above(std::int32_t above, std::int32_t feature) const {
  while (above >= 0 && edge(above).feature != feature) above = edge(above).parent;
  return above;
}

void TreeShap::Builder::add_edges(const TreeEnsemble& ensemble, const Tree& tree, std::size_t node, std::int32_t above,
                                  double reach) {
  const TreeNode& split = tree.nodes[node];
  if (split.is_leaf()) return;
  const std::array children = {static_cast<std::size_t>(split.left), static_cast<std::size_t>(split.right)};
  const double cover = tree.nodes[children[0]].cover + tree.nodes[children[1]].cover;
  for (const std::size_t child : children) {
    const TreeNode& below = tree.nodes[child];
    const double share = cover > 0 ? below.cover / cover : 0.5;  // without rows above, no share counts
    Edge added{.parent = above, .same = same_feature_above(above, split.feature), .feature = split.feature};
    added.column = shap_.columns_.column_of(tree, split);
    added.threshold = split_threshold(ensemble, split);
    added.is_left = child == children[0];
    added.is_leaf = below.is_leaf();
    added.share = share * (added.same >= 0 ? edge(added.same).share : 1);
    added.value = added.is_leaf ? below.value / divisor_ : 0;
    if (added.is_leaf) expectation_ += reach * share * added.value;
    const auto place = static_cast<std::int32_t>(shap_.edges_.size() - shap_.trees_.back().first_edge);
    shap_.edges_.push_back(added);
    add_edges(ensemble, tree, child, place, reach * share);
  }
}

/// Half as many as there are features on the way to any leaf, as an even number.
std::size_t TreeShap::Builder::points_needed(const ShapTree& entry) const {
  std::size_t most = 0;
  std::vector<std::size_t> features(entry.edges);
  for (std::size_t k = 0; k < entry.edges; ++k) {
    const Edge& at = shap_.edges_[entry.first_edge + k];
    features[k] = (at.parent >= 0 ? features[static_cast<std::size_t>(at.parent)] : 0) + (at.same < 0 ? 1 : 0);
    most = std::max(most, features[k]);
  }
  const std::size_t points = (most + 1) / 2;
  return points + points % 2;
}

void TreeShap::Builder::add_factors(const ShapTree& entry) {
  if (entry.edges == 0) return;
  const Quadrature rule = gauss_legendre(static_cast<int>(entry.points));
  for (std::size_t k = 0; k < entry.edges; ++k) {
    for (std::size_t passing = 0; passing < cases_of_an_edge; ++passing) {
      add_factors_of(shap_.edges_[entry.first_edge + k], passing, rule);
    }
  }
}

void TreeShap::Builder::add_factors_of(const Edge& at, std::size_t passing, const Quadrature& rule) {
  const bool passes = passing == 2;
  const bool passes_above = passing >= 1;
  const double share_above = at.same >= 0 ? edge(at.same).share : 1;
  std::vector<double> gains;
  gains.reserve(rule.points.size());
  for (std::size_t q = 0; q < rule.points.size(); ++q) {
    const double t = rule.points[q];
    const double above = at.same >= 0 ? factor(share_above, passes_above, t) : 1;
    const double weight = at.is_leaf ? rule.weights[q] * at.value : 1;
    shap_.factors_.push_back(above > 0 ? weight * factor(at.share, passes, t) / above : 0);
    gains.push_back(gain(at.share, passes, t) - (at.same >= 0 ? gain(share_above, passes_above, t) : 0));
  }
  shap_.factors_.insert(shap_.factors_.end(), gains.begin(), gains.end());
}

}  // namespace stardose::learning
