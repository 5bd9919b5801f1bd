// CLI11's complaints in our words.
#pragma once

#include "genomics/input_error.h"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace stardose::config {

/// Returns what is wrong with the command line, with the nearest flag or command when one is unknown.
/// app: the one that parsed. Requires: error is a failure, not a call for help or the version.
[[nodiscard]] genomics::InputError usage_error(const CLI::ParseError& error, const CLI::App& app);

}  // namespace stardose::config
