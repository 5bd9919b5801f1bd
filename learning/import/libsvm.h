// Models of libsvm: the text that `svm-train` writes.
#pragma once

#include <string>
#include <string_view>

#include "learning/model/model.h"

namespace stardose::learning {

[[nodiscard]] bool is_libsvm(std::string_view text);

/// Reads C-SVC, nu-SVC, one-class SVM and both kinds of SVR. A classifier predicts the number of the class, as
/// svm-predict does without -b. Features have no names in the file: they are called by their index, from 1 on. Throws
/// InputError (input) for whatever is not known, damaged or out of range.
[[nodiscard]] Model read_libsvm(const std::string& file, std::string_view text);

}  // namespace stardose::learning
