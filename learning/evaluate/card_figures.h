// Figures of validations, as cards have them.
#pragma once

#include <vector>

#include "learning/evaluate/train_model.h"

namespace stardose::learning {

/// Returns the figures of all rows and of each group, with the intervals' coverage and width where there are some.
[[nodiscard]] CardValidation card_validation(const std::string& name, const TrainingPlan& plan, const People& people,
                                             const std::vector<double>& predicted,
                                             const std::vector<MarginInterval>& intervals);

}  // namespace stardose::learning
