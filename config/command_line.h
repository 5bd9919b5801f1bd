// The flags of a subcommand, over the workflow file, over the defaults.
#pragma once

#include <string>
#include <vector>

#include "config/settings.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace stardose::config {

/// What add_run_options registered; filled when the App parses, and points into it.
struct RunFlags {
  Subcommand command = Subcommand::run;
  std::string workflow;  ///< empty: none was given
  bool print_config = false;
  bool dry_run = false;
  bool input_needed = true;         ///< false: the subcommand can do without a variant file
  std::vector<CLI::Option*> given;  ///< one an entry of options_of(command), in that order; null: not registered
};

/// What a run was asked to do.
struct RunRequest {
  Settings settings;
  bool print_config = false;
  bool dry_run = false;
  std::string workflow;
  bool output_given = false;  ///< the flag --output was given
};

/// Registers the workflow file and one flag an option of `flags.command`. flags must outlive the parsing.
void add_run_options(CLI::App& app, RunFlags& flags);

/// Registers the flags of these options alone, for a subcommand that does a part of a run.
void add_some_options(CLI::App& app, RunFlags& flags, const std::vector<std::string>& names);

/// Registers the workflow file and the flags of all options but these, for a subcommand to which they mean nothing. In
/// a workflow file they are read, and left alone.
void add_options_without(CLI::App& app, RunFlags& flags, const std::vector<std::string>& names);

/// Reads the workflow file, if any, and puts the flags over it; from then on signatures are required if they ask for
/// it. Requires: the App has parsed and still lives. Throws InputError (usage) for a wrong file or flag, and when there
/// is no input, unless the settings are only printed.
[[nodiscard]] RunRequest resolve(const RunFlags& flags);

}  // namespace stardose::config
