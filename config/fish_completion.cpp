// One line for each flag of each command, with the condition under which it is offered.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "config/shell_completion.h"

namespace stardose::config {

namespace {

constexpr std::string_view functions = R"(# Whether the words before the cursor name this command.
function __stardose_at
  set -l command stardose
  for word in (commandline -opc)[2..-1]
    if contains -- "$command $word" $__stardose_commands
      set command "$command $word"
    end
  end
  test "$command" = "$argv"
end
# The words behind what stands before the last comma.
function __stardose_list
  set -l before (string replace -r '^--[a-z-]*=' '' -- (commandline -ct) | string replace -r '[^,]*$' '')
  for word in $argv
    echo $before$word
  end
end
complete -c stardose -f
)";

/// A text in single quotes.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string values_of(const ArgumentDescription& argument) {
  switch (argument.kind) {
    case ValueKind::none: return "";
    case ValueKind::text: return " -x";
    case ValueKind::file: return " -r -F";
    case ValueKind::folder: return " -x -a '(__fish_complete_directories)'";
    case ValueKind::choice: return fmt::format(" -x -a '{}'", fmt::join(argument.choices, " "));
    case ValueKind::choices: return fmt::format(" -x -a '(__stardose_list {})'", fmt::join(argument.choices, " "));
  }
  return "";
}

std::string lines_of(const CommandDescription& command) {
  const std::string at = fmt::format("complete -c stardose -n '__stardose_at {}'", command.name);
  std::string text;
  for (const CommandDescription& below : command.commands) {
    text += fmt::format("{} -a {} -d {}\n", at, below.word(), quoted(first_clause(below.summary)));
  }
  for (const ArgumentDescription& argument : command.arguments) {
    if (argument.kind == ValueKind::file || argument.kind == ValueKind::folder) text += at + " -F\n";
    if (argument.kind == ValueKind::choice) text += fmt::format("{} -a '{}'\n", at, fmt::join(argument.choices, " "));
  }
  for (const ArgumentDescription& flag : command.flags) {
    text += at;
    for (const std::string& name : flag.names) {
      text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    text += fmt::format("{} -d {}\n", values_of(flag), quoted(first_clause(flag.help)));
  }
  return text;
}

}  // namespace

std::string fish_completion(const CommandDescription& program) {
  const auto commands = with_all_below(program);
  std::string names;
  for (const CommandDescription* command : commands) {
    if (command != &program) names += " " + quoted(command->name);
  }
  std::string text =
      fmt::format("# fish completion for {0}; made by `{0} completion fish`.\nset -g __stardose_commands{1}\n{2}",
                  program.name, names, functions);
  for (const CommandDescription* command : commands) text += lines_of(*command);
  return text;
}

}  // namespace stardose::config
