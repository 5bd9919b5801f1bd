// The resolved settings as a workflow file.
#pragma once

#include <string>

#include "config/option_table.h"

namespace stardose::config {

/// Returns a workflow file with every key of the subcommand, each under its help. Reading it back gives equal settings,
/// provided that paths are read from the same folder and that the settings came from a workflow file or from flags.
[[nodiscard]] std::string to_yaml(const Settings& settings, Subcommand command = Subcommand::run);

/// Returns those settings that decide what the results are, also as a workflow: for the record of a run, which is the
/// same wherever the results are written and however many threads and shards there were.
[[nodiscard]] std::string deciding_yaml(const Settings& settings, Subcommand command = Subcommand::run);

/// Returns one option's value as it stands behind the colon: `[calls, guidance]`, `'*2'`, `true`, `4`.
[[nodiscard]] std::string yaml_value(const Option& option, Settings settings);

}  // namespace stardose::config
