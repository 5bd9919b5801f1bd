// Completions of the command line for shells, from what the commands say of themselves.
#pragma once

#include <string>

#include "config/command_description.h"

namespace stardose::config {

/// Returns a script for bash: to be sourced, or put where bash-completion looks.
[[nodiscard]] std::string bash_completion(const CommandDescription& program);
/// Returns a script for zsh: to be put in a folder of fpath as `_stardose`, or sourced.
[[nodiscard]] std::string zsh_completion(const CommandDescription& program);
/// Returns a script for fish.
[[nodiscard]] std::string fish_completion(const CommandDescription& program);

}  // namespace stardose::config
