// From CLI11's tree of commands.
#include "config/command_description.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <string_view>

#include "config/option_table.h"
#include "config/option_value.h"

namespace stardose::config {

namespace {

constexpr std::array<std::string_view, 9> words_for_files = {"FILE",   "WORKFLOW.yaml", "SET",     "KEY",   "MODEL",
                                                             "RECIPE", "workflow",      "PATIENT", "RECORD"};
constexpr std::array<std::string_view, 2> words_for_folders = {"FOLDER", "DIR"};

bool is_among(std::string_view word, const auto& words) { return std::ranges::find(words, word) != words.end(); }

std::vector<std::string> parts_of(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

/// The words that the value may be are in the option table, or are the word for it: `text|tsv|json`.
void describe_value(const CLI::Option& option, ArgumentDescription& described) {
  const std::string word = described.value.empty() ? described.names.front() : described.value;
  described.kind = is_among(word, words_for_files)     ? ValueKind::file
                   : is_among(word, words_for_folders) ? ValueKind::folder
                                                       : ValueKind::text;
  if (word.find('|') != std::string::npos) {
    described.choices = parts_of(word, '|');
    described.kind = ValueKind::choice;
  }
  for (const std::string& name : option.get_lnames()) {
    const Option* entry = find_option(name);
    const bool is_of_table = entry != nullptr && entry->value == described.value && !entry->choices.empty();
    if (!is_of_table) continue;
    described.choices = entry->choices;
    described.kind = is_list(*entry) ? ValueKind::choices : ValueKind::choice;
  }
}

ArgumentDescription describe(const CLI::Option& option) {
  ArgumentDescription described{.help = option.get_description(), .required = option.get_required()};
  const bool is_positional = !option.nonpositional();
  const bool takes_value = option.get_items_expected_max() > 0;
  if (is_positional) {
    described.names.push_back(option.get_name(true));
  } else {
    for (const std::string& letter : option.get_snames()) described.names.push_back("-" + letter);
    for (const std::string& name : option.get_lnames()) described.names.push_back("--" + name);
  }
  const std::string type = option.get_type_name();
  const bool has_word = takes_value && type != "TEXT";  // CLI11's for any text
  if (has_word) {
    if (is_positional) {
      described.names.front() = type;
    } else {
      described.value = type;
    }
  } else if (takes_value && !is_positional) {
    described.value = "TEXT";
  }
  if (takes_value) describe_value(option, described);
  return described;
}

std::string full_name(const CLI::App& app) {
  const CLI::App* above = app.get_parent();
  return above == nullptr ? app.get_name() : full_name(*above) + " " + app.get_name();
}

void add_with_all_below(const CommandDescription& command, std::vector<const CommandDescription*>& all) {
  all.push_back(&command);
  for (const CommandDescription& below : command.commands) add_with_all_below(below, all);
}

}  // namespace

std::string CommandDescription::word() const { return name.substr(name.rfind(' ') + 1); }

CommandDescription describe(const CLI::App& app) {
  CommandDescription command{.name = full_name(app), .summary = app.get_description(), .footer = app.get_footer()};
  for (const CLI::Option* option : app.get_options({})) {
    (option->nonpositional() ? command.flags : command.arguments).push_back(describe(*option));
  }
  for (const CLI::App* below : app.get_subcommands({})) command.commands.push_back(describe(*below));
  return command;
}

std::vector<const CommandDescription*> with_all_below(const CommandDescription& command) {
  std::vector<const CommandDescription*> all;
  add_with_all_below(command, all);
  return all;
}

std::string first_clause(const std::string& help) {
  std::size_t end = std::min({help.find(". "), help.find("; "), help.find(": "), help.find(" ["), help.find(" (")});
  end = std::min(end, help.size());
  while (end > 0 && (help[end - 1] == '.' || help[end - 1] == ',')) --end;
  return help.substr(0, end);
}

}  // namespace stardose::config
