// Contributions that two features have together: the same integral with both derivatives, leaf by leaf.
#include <algorithm>
#include <map>

#include "genomics/expect.h"
#include "learning/explain/quadrature.h"
#include "learning/explain/tree_shap.h"
#include "learning/explain/tree_shap_scratch.h"

namespace stardose::learning {

namespace {

/// A feature on the way to a leaf: its share, and whether the row passes.
struct Step {
  std::size_t feature = 0;
  double share = 1;
  bool passes = false;
};

double factor(const Step& step, double t) { return (1 - t) * step.share + (step.passes ? t : 0); }
double derivative(const Step& step) { return (step.passes ? 1 : 0) - step.share; }

/// The integral over the product of all factors but those of two steps, times the derivatives of these.
double shared_part(const std::vector<Step>& steps, std::size_t a, std::size_t b, const Quadrature& rule) {
  double sum = 0;
  for (std::size_t q = 0; q < rule.points.size(); ++q) {
    double product = rule.weights[q];
    for (std::size_t k = 0; k < steps.size(); ++k) {
      if (k != a && k != b) product *= factor(steps[k], rule.points[q]);
    }
    sum += product;
  }
  return sum * derivative(steps[a]) * derivative(steps[b]);
}

}  // namespace

void TreeShap::interact_tree(const ShapTree& tree, const Scratch& scratch, const Quadrature& rule,
                             std::span<double> out) const {
  const Edge* edges = edges_.data() + tree.first_edge;
  for (std::size_t leaf = 0; leaf < tree.edges; ++leaf) {
    if (!edges[leaf].is_leaf) continue;
    std::vector<Step> steps;
    for (auto at = static_cast<std::int32_t>(leaf); at >= 0; at = edges[at].parent) {
      const auto feature = static_cast<std::size_t>(edges[at].feature);
      if (std::ranges::find(steps, feature, &Step::feature) != steps.end()) continue;  // the lowest edge has it all
      steps.push_back({feature, edges[at].share, scratch.passing[static_cast<std::size_t>(at)] == 1});
    }
    for (std::size_t a = 0; a < steps.size(); ++a) {
      for (std::size_t b = a + 1; b < steps.size(); ++b) {
        const double half = edges[leaf].value * shared_part(steps, a, b, rule) / 2;
        out[steps[a].feature * features_ + steps[b].feature] += half;
        out[steps[b].feature * features_ + steps[a].feature] += half;
      }
    }
  }
}

void TreeShap::interactions(const Rows& rows, std::span<double> out) const {
  const std::size_t outputs = expectations_.size();
  STARDOSE_EXPECT(rows.width == features_ && out.size() == rows.count() * outputs * features_ * features_);
  std::vector<double> whole(rows.count() * outputs * features_);
  contributions(rows, whole);
  std::ranges::fill(out, 0.0);
  std::map<std::size_t, Quadrature> rules;
  for (const ShapTree& tree : trees_) {
    if (tree.edges > 0) rules.try_emplace(tree.points, gauss_legendre(static_cast<int>(tree.points)));
  }
  Scratch scratch;
  const std::size_t square = features_ * features_;
  for (std::size_t row = 0; row < rows.count(); ++row) {
    fill_columns(rows.block(row, 1), scratch);
    for (const ShapTree& tree : trees_) {
      if (tree.edges == 0) continue;
      decide(tree, scratch, 0);
      const std::size_t place = (row * outputs + static_cast<std::size_t>(tree.output)) * square;
      interact_tree(tree, scratch, rules.at(tree.points), out.subspan(place, square));
    }
  }
  // What a feature has alone is what its pairs leave of its contribution.
  for (std::size_t k = 0; k < whole.size(); ++k) {
    const std::span<double> pairs = out.subspan(k * features_, features_);
    double alone = whole[k];
    for (const double part : pairs) alone -= part;
    pairs[k % features_] = alone;
  }
}

}  // namespace stardose::learning
