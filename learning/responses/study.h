// Many responses measured and learned: figures of each, a model of each.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "learning/evaluate/train_model.h"
#include "learning/responses/responses.h"

namespace stardose::learning {

/// People, what their responses are learned by, and how that is measured.
struct ResponseStudy {
  ResponsePlan plan;
  ResponseData data;                  ///< responses on the learned scale
  Frame groups;                       ///< categories that figures are by, a row as in data
  std::vector<std::uint32_t> labels;  ///< whom folds keep together; may be empty
  std::vector<FoldScheme> schemes;
  std::vector<OutcomeRange> ranges;
  Target target;  ///< of each response, but for its name
};

/// Returns what is wrong with it, or nothing: a fault of plan and data, folds that cannot be, a response that too few
/// people have for each fold to learn it.
[[nodiscard]] std::optional<std::string> fault_of(const ResponseStudy& study);

/// Returns how many folds a plan divides the people in.
[[nodiscard]] std::size_t fold_count(const ResponseStudy& study, const FoldPlan& plan);

/// Returns the figures of each response by a scheme, from the people who have it. `learned`: as cross_validate() calls
/// it. Requires: fault_of(study) found nothing.
[[nodiscard]] std::vector<CardValidation> validate(const ResponseStudy& study, const FoldScheme& scheme,
                                                   const std::function<void()>& learned);

/// Returns the model of a response, with its validations on the card. Requires: fault_of(study) found nothing.
[[nodiscard]] Model train_model(const ResponseStudy& study, const FittedResponses& fitted, std::size_t response,
                                std::vector<CardValidation> validations);

}  // namespace stardose::learning
