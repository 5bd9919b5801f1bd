// What a command takes, as its parser knows it: the manual and the completions of shells are made of this.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace stardose::config {

/// What may stand for a value.
enum class ValueKind { none, text, file, folder, choice, choices };

/// A flag, or an argument without one.
struct ArgumentDescription {
  std::vector<std::string> names;  ///< `-o`, `--output`; of an argument without flag the word for it: `GENE`
  std::string value;               ///< the word for the value: `FILE`; empty: takes none, or is itself the word
  ValueKind kind = ValueKind::none;
  std::vector<std::string> choices;  ///< of which `choices` takes several, joined by commas
  std::string help;
  bool required = false;
};

struct CommandDescription {
  std::string name;  ///< in full: `stardose model import`
  std::string summary;
  std::string footer;
  std::vector<ArgumentDescription> arguments;
  std::vector<ArgumentDescription> flags;
  std::vector<CommandDescription> commands;

  /// The last word of the name.
  [[nodiscard]] std::string word() const;
};

[[nodiscard]] CommandDescription describe(const CLI::App& app);

/// Returns the command and all below it, each before its own.
[[nodiscard]] std::vector<const CommandDescription*> with_all_below(const CommandDescription& command);

/// Returns the first clause of a help sentence, for where there is one line.
[[nodiscard]] std::string first_clause(const std::string& help);

}  // namespace stardose::config
