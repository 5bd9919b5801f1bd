// A method made ready to work out margins.
#pragma once

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "learning/linear/kernel_scorer.h"
#include "learning/model/method.h"
#include "learning/model/rows.h"
#include "learning/trees/tree_scorer.h"

namespace stardose::learning {

struct BlendScorerMember;

/// Fixed once built, and without ties to the method; safe to use on many threads.
class MethodScorer {
 public:
  /// Requires: fault_of(method, features) found nothing.
  explicit MethodScorer(const Method& method);

  /// Writes a row's margins behind the row before. Requires: rows have the features that the method was checked for.
  void margins(const Rows& rows, std::span<double> out) const;

 private:
  using Members = std::vector<BlendScorerMember>;

  std::variant<TreeScorer, LinearModel, KernelScorer, NaiveBayes, NearestNeighbours, NeuralNetwork, Members> ready_;
};

struct BlendScorerMember {
  MethodScorer scorer;
  std::size_t margins = 0;
  Link link;
  Precision precision = Precision::float64;
  double weight = 1;
  std::vector<std::uint32_t> features;
};

/// Returns the rows of these features alone, in this order. Requires: each is below rows.width.
[[nodiscard]] std::vector<double> features_of(const Rows& rows, std::span<const std::uint32_t> features);

/// Writes the predictions of row after row. Requires: margins has as many a row as is said, out prediction_count().
void apply_link_to_rows(const Link& link, Precision precision, std::size_t margins_each,
                        std::span<const double> margins, std::span<double> out);

}  // namespace stardose::learning
