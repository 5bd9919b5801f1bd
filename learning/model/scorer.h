// A model made ready to predict.
#pragma once

#include <span>

#include "learning/model/method_scorer.h"
#include "learning/model/model.h"
#include "learning/model/rows.h"

namespace stardose::learning {

/// Fixed once built, and without ties to the model; safe to use on many threads. A row's results depend on nothing but
/// the row: not on the block it came in, nor on the processor.
class Scorer {
 public:
  /// Requires: fault_of(model) found nothing.
  explicit Scorer(const Model& model);

  [[nodiscard]] std::size_t features() const { return features_; }
  [[nodiscard]] std::size_t margins() const { return margins_; }
  [[nodiscard]] std::size_t predictions() const { return prediction_count(link_, margins_); }

  /// Writes margins() numbers a row. Requires: rows.width is features(), `out` has the places.
  void score_margins(const Rows& rows, std::span<double> out) const;
  /// Writes predictions() numbers a row; where the link names a class, its number.
  void score(const Rows& rows, std::span<double> out) const;

 private:
  std::size_t features_ = 0;
  std::size_t margins_ = 0;
  Link link_;
  Precision precision_ = Precision::float64;
  MethodScorer method_;
};

}  // namespace stardose::learning
