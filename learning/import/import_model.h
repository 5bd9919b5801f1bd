// A model file of any kind that is known.
#pragma once

#include <string>

#include "learning/model/model.h"

namespace stardose::learning {

/// Reads a model; the kind is told from the file's content, not its name. `-` is standard input. Code is never loaded:
/// pickles and the like are refused. Throws InputError (input): cannot be read, of no known kind, damaged, too large.
[[nodiscard]] Model import_model(const std::string& path);

/// The same of bytes at hand; `file` is what messages call them.
[[nodiscard]] Model import_model_from(const std::string& file, std::string bytes);

}  // namespace stardose::learning
