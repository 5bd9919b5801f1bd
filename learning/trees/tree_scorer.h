// An ensemble made ready to score rows.
#pragma once

#include <span>
#include <variant>

#include "learning/model/rows.h"
#include "learning/trees/compiled_trees.h"

namespace stardose::learning {

/// Which way trees are gone through; the answers are the same to the last bit.
enum class TreeWay : std::uint8_t {
  fastest,  ///< vectors where the processor has AVX2
  scalar,
};

/// The trees in one precision, and how full ones are gone through where there are rows enough; null: as others are.
template <class Value>
struct TreeEngine {
  CompiledTrees<Value> trees;
  FullTreeKernel<Value> kernel = nullptr;
};

/// Margins of an ensemble. Fixed once built; safe to use on many threads.
class TreeScorer {
 public:
  /// Requires: fault_of(ensemble, features) found nothing.
  explicit TreeScorer(const TreeEnsemble& ensemble, TreeWay way = TreeWay::fastest);

  [[nodiscard]] std::size_t outputs() const { return base_.size(); }

  /// Writes a row's margins behind the row before. Requires: rows have the features that the ensemble was checked
  /// for, and margins has outputs() places a row.
  void margins(const Rows& rows, std::span<double> margins) const;

 private:
  template <class Value>
  void margins_of(const TreeEngine<Value>& engine, const Rows& rows, std::span<double> margins) const;

  std::vector<double> base_;
  std::vector<double> divisors_;  ///< by output; 1 where sums are not averaged
  std::variant<TreeEngine<float>, TreeEngine<double>> engine_;
};

}  // namespace stardose::learning
