// Exact Shapley values of tree ensembles, by quadrature.
//
// A leaf is a product: each feature on the way to it counts o, which is 1 if the row passes all its splits and else 0,
// or, where the feature is not known, z, the share of the training rows that pass them. The Shapley value of feature j
// at a leaf of value v is the integral over t from 0 to 1 of
//     v (o_j - z_j) times the product over the other features i of ((1 - t) z_i + t o_i)        (Owen 1972)
// With d features that is a polynomial of degree d - 1, so Gauss-Legendre with ceil(d / 2) points is exact, and every
// term is positive, so nothing cancels. At each point the product is carried down the tree and the sums of the leaves
// up again: a row costs splits x points, where the usual algorithm (Lundberg 2018) costs leaves x depth x depth.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "learning/explain/quadrature.h"
#include "learning/model/rows.h"
#include "learning/trees/tree_columns.h"
#include "learning/trees/tree_ensemble.h"

namespace stardose::learning {

class TreeShap {
 public:
  /// Requires: fault_of(ensemble, features) found nothing, has_cover(ensemble).
  TreeShap(const TreeEnsemble& ensemble, std::size_t features);

  [[nodiscard]] const std::vector<double>& expectations() const { return expectations_; }

  /// Writes outputs x features contributions a row. Values and thresholds are compared in the ensemble's precision;
  /// the rest is double. Equal neighbours in `rows` cost one.
  void contributions(const Rows& rows, std::span<double> out) const;

  /// Writes outputs x features x features a row: how much of the two features' contributions they have together
  /// (each of the pair has half), and on the diagonal what a feature has alone. Rows sum to the contributions.
  void interactions(const Rows& rows, std::span<double> out) const;

 private:
  /// An edge from a split to a child; of a tree's edges, that to a parent stands before those below it.
  struct Edge {
    std::int32_t parent = -1;  ///< the edge above, counted from the tree's first; -1: none
    std::int32_t same = -1;    ///< the nearest edge above of the same feature; -1: none
    std::int32_t feature = 0;
    std::uint32_t column = 0;  ///< the split sends a row left where this column is below the threshold
    bool is_left = false;
    bool is_leaf = false;
    double threshold = 0;
    double share = 1;  ///< z of the feature down to here
    double value = 0;  ///< of a leaf, as it counts in the margin
  };
  struct ShapTree {
    std::int32_t output = 0;
    std::size_t points = 0;  ///< even
    std::size_t first_edge = 0;
    std::size_t edges = 0;
    std::size_t first_factor = 0;
  };
  class Builder;
  struct Scratch;

  void explain_block(const Rows& rows, Scratch& scratch, std::span<double> out) const;
  template <std::size_t Points>
  void explain_tree(const ShapTree& tree, Scratch& scratch, std::size_t row, std::span<double> out) const;
  void interact_tree(const ShapTree& tree, const Scratch& scratch, const Quadrature& rule, std::span<double> out) const;
  void decide(const ShapTree& tree, Scratch& scratch, std::size_t row) const;
  void fill_columns(const Rows& rows, Scratch& scratch) const;

  std::size_t features_ = 0;
  Precision precision_ = Precision::float64;
  std::vector<double> expectations_;
  TreeColumns columns_;
  std::vector<ShapTree> trees_;
  std::vector<Edge> edges_;
  std::vector<double> factors_;
};

}  // namespace stardose::learning
