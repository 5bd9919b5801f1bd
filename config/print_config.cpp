// YAML that any reader understands in one way: what could be taken for more than text is quoted.
#include "config/print_config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <string_view>
#include <variant>
#include <vector>

#include "genomics/pseudonyms.h"

namespace stardose::config {

namespace {

/// Words that some version of YAML reads as true, false or nothing.
constexpr std::array<std::string_view, 9> words_with_a_meaning = {"true", "false", "yes", "no", "on",
                                                                  "off",  "null",  "y",   "n"};

bool is_plain(const std::string& text) {
  const auto is_letter = [](unsigned char c) { return c < 0x80 && std::isalpha(c) != 0; };
  const auto is_ordinary = [](unsigned char c) {
    return c < 0x80 && (std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.' || c == '/');
  };
  if (text.empty() || (!is_letter(static_cast<unsigned char>(text.front())) && text.front() != '/')) return false;
  if (!std::ranges::all_of(text, is_ordinary)) return false;
  std::string lower;
  std::ranges::transform(text, std::back_inserter(lower), [](unsigned char c) { return std::tolower(c); });
  return std::ranges::find(words_with_a_meaning, lower) == words_with_a_meaning.end();
}

std::string written(const std::string& text) {
  if (is_plain(text)) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string{"''"} : std::string{c};
  return quoted + "'";
}

std::string written(const std::vector<std::string>& texts) {
  std::vector<std::string> entries;
  std::ranges::transform(texts, std::back_inserter(entries), [](const std::string& text) { return written(text); });
  return fmt::format("[{}]", fmt::join(entries, ", "));
}

std::string written(bool value) { return value ? "true" : "false"; }
std::string written(int value) { return std::to_string(value); }
std::string written(std::size_t value) { return std::to_string(value); }
std::string written(double value) { return fmt::format("{}", value); }

/// A record names nobody whom the results do not name.
Settings as_recorded(Settings settings) {
  const auto replace = [](std::vector<std::string>& texts, const auto& how) {
    std::ranges::transform(texts, texts.begin(), how);
  };
  replace(settings.input.samples, genomics::asked_as);
  replace(settings.input.files, genomics::shown_path);
  replace(settings.calling.outside_calls, genomics::shown_path);
  return settings;
}

}  // namespace

std::string yaml_value(const Option& option, Settings settings) {
  return std::visit([&](const auto field) { return written(field(settings)); }, option.field);
}

std::string to_yaml(const Settings& settings, Subcommand command) {
  std::string text = fmt::format(
      "# A StarDose workflow with every setting. Repeat the run with: stardose {} THIS-FILE\n"
      "# Relative paths are as seen from the folder in which this was printed: keep the file there.\n",
      to_string(command));
  for (const Option* option : options_of(command)) {
    text += fmt::format("\n# {}\n{}: {}\n", option->help, option->name, yaml_value(*option, settings));
  }
  return text;
}

std::string deciding_yaml(const Settings& settings, Subcommand command) {
  const Settings recorded = as_recorded(settings);
  std::string text;
  for (const Option* option : options_of(command)) {
    if (option->decides) text += fmt::format("{}: {}\n", option->name, yaml_value(*option, recorded));
  }
  return text;
}

}  // namespace stardose::config
