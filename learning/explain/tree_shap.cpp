// Rows through the edges: products down, sums up.
#include "learning/explain/tree_shap.h"

#include <algorithm>

#include "genomics/expect.h"
#include "learning/explain/distinct_rows.h"
#include "learning/explain/tree_shap_builder.h"
#include "learning/explain/tree_shap_scratch.h"

namespace stardose::learning {

namespace {

/// Two doubles: what every x86-64 and ARM64 has.
using Two [[gnu::vector_size(16)]] = double;

Two two(const double* from) { return Two{from[0], from[1]}; }

void put(double* to, Two pair) {
  to[0] = pair[0];
  to[1] = pair[1];
}

}  // namespace

TreeShap::TreeShap(const TreeEnsemble& ensemble, std::size_t features)
    : features_{features}, precision_{ensemble.precision}, expectations_{ensemble.base} {
  std::vector<double> divisors(ensemble.base.size(), 1);
  if (ensemble.average) {
    std::ranges::fill(divisors, 0);
    for (const Tree& tree : ensemble.trees) ++divisors[static_cast<std::size_t>(tree.output)];
    for (std::size_t k = 0; k < divisors.size(); ++k) expectations_[k] /= divisors[k];
  }
  Builder builder{*this};
  for (const Tree& tree : ensemble.trees) {
    builder.add(ensemble, tree, divisors[static_cast<std::size_t>(tree.output)]);
  }
}

void TreeShap::fill_columns(const Rows& rows, Scratch& scratch) const {
  scratch.columns.resize(columns_.count() * explained_at_once);
  if (precision_ == Precision::float64) {
    columns_.fill<double>(rows, scratch.columns, explained_at_once);
    return;
  }
  scratch.float_columns.resize(scratch.columns.size());
  columns_.fill<float>(rows, scratch.float_columns, explained_at_once);
  std::ranges::copy(scratch.float_columns, scratch.columns.begin());
}

void TreeShap::decide(const ShapTree& tree, Scratch& scratch, std::size_t row) const {
  scratch.passing.resize(tree.edges);
  scratch.cases.resize(tree.edges);
  scratch.products.resize(tree.edges * tree.points);
  const Edge* edges = edges_.data() + tree.first_edge;
  for (std::size_t k = 0; k < tree.edges; ++k) {
    const Edge& edge = edges[k];
    const std::uint8_t above = edge.same < 0 ? 1 : scratch.passing[static_cast<std::size_t>(edge.same)];
    const bool goes_left = scratch.columns[edge.column * explained_at_once + row] < edge.threshold;
    const std::uint8_t here = goes_left == edge.is_left ? above : 0;
    scratch.passing[k] = here;
    scratch.cases[k] = static_cast<std::uint8_t>(above + here);
  }
}

namespace {

/// How many points a tree has, known to the compiler where the function is of so many.
template <std::size_t Points>
std::size_t points_of(std::size_t of_tree) {
  if constexpr (Points > 0) return Points;
  return of_tree;
}

}  // namespace

template <std::size_t Points>
void TreeShap::explain_tree(const ShapTree& tree, Scratch& scratch, std::size_t row, std::span<double> out) const {
  const std::size_t points = points_of<Points>(tree.points);
  decide(tree, scratch, row);
  const Edge* edges = edges_.data() + tree.first_edge;
  const double* factors = factors_.data() + tree.first_factor;
  double* products = scratch.products.data();
  const auto factors_of = [&](std::size_t k) {
    return factors + (k * cases_of_an_edge + scratch.cases[k]) * 2 * points;
  };
  for (std::size_t k = 0; k < tree.edges; ++k) {
    const double* ratios = factors_of(k);
    double* product = products + k * points;
    if (edges[k].parent < 0) {
      for (std::size_t q = 0; q < points; q += 2) put(product + q, two(ratios + q));
    } else {
      const double* above = products + static_cast<std::size_t>(edges[k].parent) * points;
      for (std::size_t q = 0; q < points; q += 2) put(product + q, two(above + q) * two(ratios + q));
    }
  }
  // From here on the product of an edge to a split is no longer wanted: its place takes the sum of the leaves below.
  for (std::size_t k = 0; k < tree.edges; ++k) {
    if (!edges[k].is_leaf) std::fill_n(products + k * points, points, 0.0);
  }
  for (std::size_t k = tree.edges; k-- > 0;) {
    const double* gains = factors_of(k) + points;
    const double* sum = products + k * points;
    Two part{};
    for (std::size_t q = 0; q < points; q += 2) part += two(sum + q) * two(gains + q);
    out[static_cast<std::size_t>(edges[k].feature)] += part[0] + part[1];
    if (edges[k].parent < 0) continue;
    double* above = products + static_cast<std::size_t>(edges[k].parent) * points;
    for (std::size_t q = 0; q < points; q += 2) put(above + q, two(above + q) + two(sum + q));
  }
}

void TreeShap::explain_block(const Rows& rows, Scratch& scratch, std::span<double> out) const {
  fill_columns(rows, scratch);
  const std::size_t width = expectations_.size() * features_;
  for (const ShapTree& tree : trees_) {
    for (std::size_t row = 0; row < rows.count(); ++row) {
      const std::size_t place = row * width + static_cast<std::size_t>(tree.output) * features_;
      const std::span<double> values = out.subspan(place, features_);
      switch (tree.points) {
        case 2: explain_tree<2>(tree, scratch, row, values); break;
        case 4: explain_tree<4>(tree, scratch, row, values); break;
        case 6: explain_tree<6>(tree, scratch, row, values); break;
        default: explain_tree<0>(tree, scratch, row, values); break;
      }
    }
  }
}

void TreeShap::contributions(const Rows& rows, std::span<double> out) const {
  const std::size_t width = expectations_.size() * features_;
  STARDOSE_EXPECT(rows.width == features_ && out.size() == rows.count() * width);
  const DistinctRows distinct{rows};
  std::vector<double> values(distinct.rows().count() * width, 0);
  Scratch scratch;
  for (std::size_t first = 0; first < distinct.rows().count(); first += explained_at_once) {
    const std::size_t count = std::min(explained_at_once, distinct.rows().count() - first);
    explain_block(distinct.rows().block(first, count), scratch,
                  std::span{values}.subspan(first * width, count * width));
  }
  distinct.spread<double>(values, out);
}

}  // namespace stardose::learning
