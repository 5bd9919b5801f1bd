// A linear model as a table, such as R or a paper gives it.
#pragma once

#include <string>
#include <string_view>

#include "learning/model/model.h"

namespace stardose::learning {

/// True where the first line that is no comment has the columns wanted.
[[nodiscard]] bool is_coefficient_table(std::string_view text);

/// Reads columns `feature` and `coefficient`, tab-separated or with commas, and optionally `unit`, `lowest`, `highest`
/// and `mean`. The row `(Intercept)` is the intercept, zero without it. A comment `# link: logistic` says what
/// predictions are (identity, logistic, exponential, signed_square); without it they are the sum. Throws InputError
/// (input) at the line: another column, a feature twice, what is no number.
[[nodiscard]] Model read_coefficient_table(const std::string& file, std::string_view text);

}  // namespace stardose::learning
