// Settings from a workflow file.
#pragma once

#include <string>

#include "config/settings.h"

namespace stardose::config {

/// Reads a YAML workflow file over the defaults; a list replaces the default's, it is not joined.
/// Relative paths in it are taken from the file's folder, but `output` from the working directory.
/// `command`: whose keys it may hold. Throws InputError (usage): the first fault is the message, up to 19 more are
/// lines of its help.
[[nodiscard]] Settings read_workflow(const std::string& path, Settings defaults = {},
                                     Subcommand command = Subcommand::run);

/// The same for text that was read from path.
[[nodiscard]] Settings read_workflow_text(const std::string& text, const std::string& path, Settings defaults = {},
                                          Subcommand command = Subcommand::run);

}  // namespace stardose::config
