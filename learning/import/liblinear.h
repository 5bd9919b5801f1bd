// Models of liblinear: the text that `train` writes.
#pragma once

#include <string>
#include <string_view>

#include "learning/model/model.h"

namespace stardose::learning {

[[nodiscard]] bool is_liblinear(std::string_view text);

/// Reads classifiers and regressions. Logistic solvers predict probabilities as `predict -b 1` does, other
/// classifiers the number of the class. Features have no names in the file: they are called by their index, from 1 on.
/// Throws InputError (input) for whatever is not known, damaged or out of range.
[[nodiscard]] Model read_liblinear(const std::string& file, std::string_view text);

}  // namespace stardose::learning
