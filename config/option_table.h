// Every option of a run, once: the workflow file, the flags, --print-config and the suggestions all read this table.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "config/settings.h"

namespace stardose::config {

/// One option. A new one is a new entry in config/options and nothing else.
struct Option {
  /// Returns the place of the value in Settings; its type decides what the option accepts:
  /// text, a list of texts, true or false, a whole number, a fraction.
  using Field =
      std::variant<std::string& (*)(Settings&), std::vector<std::string>& (*)(Settings&), bool& (*)(Settings&),
                   int& (*)(Settings&), std::size_t& (*)(Settings&), double& (*)(Settings&)>;

  /// Kebab-case: the key in a workflow file and, behind `--`, the flag.
  std::string name;
  /// What it does: one sentence.
  std::string help;
  /// What stands for the value in `--help`: FILE, N; empty for true or false.
  std::string value = {};
  Field field;
  /// A second, short name of the flag; NUL: none.
  char letter = '\0';
  /// true: a path that in a workflow file is relative to the file's folder. A list of paths may be written
  /// as a lone text, and its flag is given once a path; the flag of any other list is split at commas.
  bool path = false;
  /// The only words that a text or a list may hold; empty: any.
  std::vector<std::string> choices = {};
  /// true: a list without an entry makes no sense.
  bool at_least_one = false;
  /// Bounds of a whole number; a fraction has 0 and `greatest_fraction`.
  long least = 1;
  long greatest = 1;
  double greatest_fraction = 1;
  /// The whole number that the word `auto` stands for on this machine; null: no such word.
  long (*automatic)() = nullptr;
  /// false: results are the same whatever it says, so the record of a run leaves it out.
  bool decides = true;
  /// The subcommands that have it.
  std::vector<Subcommand> commands = {Subcommand::run};
};

/// Also of commands that have no other settings.
inline constexpr const char* require_signatures_help =
    "Public keys (PEM, one or more), one of which must have signed the catalogue of knowledge, and a model that is "
    "used.";

/// Returns all options in the order in which they are shown.
[[nodiscard]] const std::vector<Option>& options();
/// Returns those of a subcommand, in that order.
[[nodiscard]] std::vector<const Option*> options_of(Subcommand command);
/// Returns the option of that name, or null.
[[nodiscard]] const Option* find_option(const std::string& name);
/// Returns the names of a subcommand's options.
[[nodiscard]] std::vector<std::string> option_names(Subcommand command = Subcommand::run);

}  // namespace stardose::config
