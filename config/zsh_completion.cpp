// A function for each command, as zsh's _arguments wants them.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "config/shell_completion.h"

namespace stardose::config {

namespace {

/// For between single quotes, where `:`, `[` and `]` mean something to _arguments.
std::string plain(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else if (c == ':' || c == '[' || c == ']' || c == '\\') {
      out += fmt::format("\\{}", c);
    } else {
      out += c;
    }
  }
  return out;
}

std::string action(const ArgumentDescription& argument) {
  switch (argument.kind) {
    case ValueKind::file: return "_files";
    case ValueKind::folder: return "_files -/";
    case ValueKind::choice: return fmt::format("({})", fmt::join(argument.choices, " "));
    case ValueKind::choices: return fmt::format("_values -s , value {}", fmt::join(argument.choices, " "));
    default: return "";
  }
}

/// `'(-o --output)'{-o+,--output=}'[Folder for the results]:FOLDER:_files -/'`
std::string flag_line(const ArgumentDescription& flag) {
  std::string text = "    ";
  const std::string help = fmt::format("[{}]", plain(first_clause(flag.help)));
  const std::string value = flag.kind == ValueKind::none ? "" : fmt::format(":{}:{}", plain(flag.value), action(flag));
  for (const std::string& name : flag.names) {
    const bool is_long = name.starts_with("--");
    const std::string joint = flag.kind == ValueKind::none ? "" : is_long ? "=" : "+";
    text += fmt::format("'*{}{}{}{}' ", name, joint, help, value);
  }
  return text + "\\\n";
}

std::string function_name(const CommandDescription& command) {
  std::string name = "_" + command.name;
  std::ranges::replace(name, ' ', '_');
  return name;
}

std::string function_of(const CommandDescription& command) {
  std::string text = fmt::format("{}() {{\n", function_name(command));
  if (!command.commands.empty()) text += "  local curcontext=\"$curcontext\" state line\n";
  text += command.commands.empty() ? "  _arguments -s \\\n" : "  _arguments -s -C \\\n";
  for (const ArgumentDescription& flag : command.flags) text += flag_line(flag);
  if (command.commands.empty()) {
    for (std::size_t k = 0; k < command.arguments.size(); ++k) {
      const ArgumentDescription& argument = command.arguments[k];
      text += fmt::format("    '{}{}:{}:{}' \\\n", k + 1, argument.required ? "" : ":", plain(argument.names.front()),
                          action(argument));
    }
    return text + "    && return\n}\n";
  }
  text +=
      "    '1:command:->command' '*::argument:->argument' && return\n  case $state in\n    command)\n"
      "      local -a commands=(\n";
  for (const CommandDescription& below : command.commands) {
    text += fmt::format("        '{}:{}'\n", below.word(), plain(first_clause(below.summary)));
  }
  text += "      )\n      _describe command commands ;;\n    argument)\n      case $words[1] in\n";
  for (const CommandDescription& below : command.commands) {
    text += fmt::format("        {}) {} ;;\n", below.word(), function_name(below));
  }
  return text + "      esac ;;\n  esac\n}\n";
}

}  // namespace

std::string zsh_completion(const CommandDescription& program) {
  std::string text =
      fmt::format("#compdef {0}\n# zsh completion for {0}; made by `{0} completion zsh`.\n", program.name);
  for (const CommandDescription* command : with_all_below(program)) text += function_of(*command);
  text += fmt::format(
      "if [[ $funcstack[1] == _{0} ]]; then\n  _{0} \"$@\"\nelse\n  compdef _{0} {0}  # it was sourced\nfi\n",
      program.name);
  return text;
}

}  // namespace stardose::config
