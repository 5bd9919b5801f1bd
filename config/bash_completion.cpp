// One function, which finds the command that the words before the cursor name.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "config/shell_completion.h"

namespace stardose::config {

namespace {

constexpr std::string_view functions =
    R"(# Fills COMPREPLY with those of the words that begin as $word; with a comma, those that begin as what follows the last.
_stardose_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$word")
}
_stardose_list() {
  local before=''
  [[ $word == *,* ]] && before=${word%,*},
  compopt -o nospace 2> /dev/null
  mapfile -t COMPREPLY < <(compgen -P "$before" -W "$1" -- "${word##*,}")
}
_stardose_files() {
  compopt -o filenames 2> /dev/null
  mapfile -t COMPREPLY < <(compgen "$1" -- "$word")
}
)";

std::string words_of(const std::vector<CommandDescription>& commands) {
  std::vector<std::string> words;
  for (const CommandDescription& command : commands) words.push_back(command.word());
  return fmt::format("{}", fmt::join(words, " "));
}

std::string filling(const ArgumentDescription& argument) {
  switch (argument.kind) {
    case ValueKind::choice: return fmt::format("_stardose_words '{}'", fmt::join(argument.choices, " "));
    case ValueKind::choices: return fmt::format("_stardose_list '{}'", fmt::join(argument.choices, " "));
    case ValueKind::file: return "_stardose_files -f";
    case ValueKind::folder: return "_stardose_files -d";
    default: return ":";
  }
}

/// After which word comes which value.
std::string value_cases(const CommandDescription& command) {
  std::string text;
  for (const ArgumentDescription& flag : command.flags) {
    if (flag.kind == ValueKind::none) continue;
    std::vector<std::string> patterns;
    for (const std::string& name : flag.names) patterns.push_back(fmt::format("'{} {}'", command.name, name));
    text += fmt::format("    {}) {}; return ;;\n", fmt::join(patterns, "|"), filling(flag));
  }
  return text;
}

/// What else may follow a command.
std::string word_case(const CommandDescription& command) {
  std::vector<std::string> flags;
  for (const ArgumentDescription& flag : command.flags) flags.insert(flags.end(), flag.names.begin(), flag.names.end());
  std::string otherwise = ":";
  if (!command.commands.empty()) {
    otherwise = fmt::format("_stardose_words '{}'", words_of(command.commands));
  } else {
    for (const ArgumentDescription& argument : command.arguments) {
      if (otherwise == ":") otherwise = filling(argument);
    }
  }
  return fmt::format("    '{}') if [[ $word == -* ]]; then _stardose_words '{}'; else {}; fi ;;\n", command.name,
                     fmt::join(flags, " "), otherwise);
}

}  // namespace

std::string bash_completion(const CommandDescription& program) {
  const auto commands = with_all_below(program);
  std::vector<std::string> names;
  for (const CommandDescription* command : commands) {
    if (command != &program) names.push_back(fmt::format("'{}'", command->name));
  }
  std::string text =
      fmt::format("# bash completion for {0}; made by `{0} completion bash`.\n{1}", program.name, functions);
  text += fmt::format(R"(_{0}() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} command={0} i
  COMPREPLY=()
  # bash takes --flag=value for three words.
  if [[ $word == '=' ]]; then
    word=''
  elif [[ $previous == '=' ]]; then
    previous=${{COMP_WORDS[COMP_CWORD-2]}}
  fi
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case "$command ${{COMP_WORDS[i]}}" in
      {1}) command+=" ${{COMP_WORDS[i]}}" ;;
    esac
  done
  case "$command $previous" in
)",
                      program.name, fmt::join(names, "|"));
  for (const CommandDescription* command : commands) text += value_cases(*command);
  text += "  esac\n  case $command in\n";
  for (const CommandDescription* command : commands) text += word_case(*command);
  text += fmt::format("  esac\n}}\ncomplete -F _{0} {0}\n", program.name);
  return text;
}

}  // namespace stardose::config
