// Learning many responses of the same people together, from their columns to a model of each response.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "learning/evaluate/folds.h"
#include "learning/frame/frame.h"
#include "learning/linear/kernel_model.h"
#include "learning/model/model.h"
#include "learning/prepare/prepared.h"
#include "learning/prepare/step.h"
#include "learning/responses/joint_ridge.h"

namespace stardose::learning {

/// How alike two people are in some features. Several are added up.
struct KernelPart {
  std::string name;
  std::vector<Step> steps;
  Kernel kernel = Kernel::linear;  ///< linear or rbf
  double gamma = 1;
  double weight = 1;

  bool operator==(const KernelPart&) const = default;
};

struct ResponsePlan {
  std::vector<KernelPart> parts;
  JointRidgeSettings ridge;
};

/// People with their responses: a row a person, a response after the other, NaN where it is not known.
struct ResponseData {
  Frame people;
  std::vector<std::string> names;
  std::vector<double> values;

  [[nodiscard]] double at(std::size_t row, std::size_t response) const { return values[row * names.size() + response]; }
};

/// Returns what is wrong with the plan for these people, and with which part, or nothing.
[[nodiscard]] std::optional<std::string> fault_of(const ResponsePlan& plan, const ResponseData& data);

/// What was learned. `rows`: of each part, the features of the people learned from.
struct FittedResponses {
  std::vector<Prepared> prepared;
  std::vector<RowTable> rows;
  JointRidge ridge;
};

/// Learns from all people. Steps see no response. Requires: fault_of(plan, data) found nothing.
[[nodiscard]] FittedResponses learn(const ResponsePlan& plan, const ResponseData& data);

/// Returns responses of people, row after row, as ResponseData has them.
[[nodiscard]] std::vector<double> predict(const ResponsePlan& plan, const FittedResponses& fitted, const Frame& people);

/// Returns predictions of each person by what the other folds teach; the same for any number of threads. `learned`
/// hears of each fold, from many threads at once; may be empty. Requires: fault_of(plan, data) found nothing.
[[nodiscard]] std::vector<double> cross_validate(const ResponsePlan& plan, const ResponseData& data, const Folds& folds,
                                                 const std::function<void()>& learned);

/// Returns the model of one response, without a card: what predict() says of it. It holds rows of the training data if
/// a part is rbf, and says so.
[[nodiscard]] Model response_model(const ResponsePlan& plan, const FittedResponses& fitted, const ResponseData& data,
                                   std::size_t response, const Target& target);

}  // namespace stardose::learning
