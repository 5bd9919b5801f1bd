// Which features may be missing after the steps.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "learning/prepare/prepared.h"

namespace stardose::learning {

/// Returns, for each feature, whether it may be NaN where these of the people's columns may be missing.
/// Requires: fault_of(prepared) found nothing; one entry a column.
[[nodiscard]] std::vector<bool> may_be_missing(const Prepared& prepared, const std::vector<bool>& columns);

/// Returns the name of a feature that steps would leave missing in somebody of these people; nothing: all are filled.
/// Requires: fault_of(steps, columns of people) found nothing.
[[nodiscard]] std::optional<std::string> unfilled_feature(const std::vector<Step>& steps, const Frame& people);

}  // namespace stardose::learning
