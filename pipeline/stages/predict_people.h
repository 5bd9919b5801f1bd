// Stage: predictions of a few people as the text of their files.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "learning/frame/frame.h"
#include "learning/predict/predictor.h"
#include "pipeline/sources/batch_source.h"

namespace stardose::pipeline {

struct RenderedPredictions {
  std::string table;
  std::string contributions;
  std::string json;         ///< objects with a comma and a line end between them
  std::size_t refused = 0;  ///< people
};

/// Takes rows of the frame; the arguments must outlive it. Safe to call from many threads: a person's text depends on
/// the person alone. That one of the `unsaid` columns is missing is no flag.
class PredictPeople {
 public:
  static constexpr std::string_view name = "predict people";

  /// Requires: predictor.fault_of_people(people) finds nothing.
  PredictPeople(const learning::Predictor& predictor, const learning::Frame& people,
                const std::set<std::string>& unsaid, bool with_contributions)
      : predictor_{predictor}, people_{people}, unsaid_{unsaid}, with_contributions_{with_contributions} {}

  RenderedPredictions operator()(Batch rows) const;

 private:
  const learning::Predictor& predictor_;
  const learning::Frame& people_;
  const std::set<std::string>& unsaid_;
  bool with_contributions_;
};

}  // namespace stardose::pipeline
