// Which argument was wrong, and the name that was probably meant.
#include "config/usage_error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "genomics/nearest_name.h"
#include "genomics/pseudonyms.h"

namespace stardose::config {

namespace {

using genomics::Fault;
using genomics::InputError;

InputError usage(std::string place, std::string why, std::string help) {
  return {Fault::usage, {"", std::move(place), std::move(why), std::move(help)}};
}

bool is_flag(const std::string& argument) { return argument.size() > 1 && argument.front() == '-'; }

const CLI::App& innermost(const CLI::App& app) {
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().back();
  return *command;
}

/// `stardose run`
std::string command_of(const CLI::App& app) {
  std::string words = app.get_name();
  for (const CLI::App* above = app.get_parent(); above != nullptr; above = above->get_parent()) {
    words.insert(0, above->get_name() + " ");
  }
  return words;
}

std::string help_of(const CLI::App& app) { return fmt::format("`{} --help` lists what it takes", command_of(app)); }

std::vector<std::string> long_flags(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options({}))
    std::ranges::copy(option->get_lnames(), std::back_inserter(names));
  return names;
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

InputError unknown_flag(const std::string& argument, const CLI::App& app) {
  const std::string flag = argument.substr(0, argument.find('='));
  const std::string name = flag.substr(std::min(flag.find_first_not_of('-'), flag.size()));
  const std::string near = name.size() < 2 ? "" : genomics::nearest_name(name, long_flags(app));
  return usage(flag, "unknown flag", near.empty() ? help_of(app) : fmt::format("did you mean `--{}`?", near));
}

InputError unknown_command(const std::string& argument, const CLI::App& app) {
  const std::vector<std::string> names = command_names(app);
  const std::string near = genomics::nearest_name(argument, names);
  return usage("", "unknown command: " + genomics::shown_word(argument),
               near.empty() ? fmt::format("the commands are {}", fmt::join(names, ", "))
                            : fmt::format("did you mean `{}`?", near));
}

InputError unexpected(const std::vector<std::string>& arguments, const CLI::App& app) {
  // Where a command is due, the first word is meant as one, and its flags are strange only because it is.
  const bool due = !command_names(app).empty() && !is_flag(arguments.front());
  if (due) return unknown_command(arguments.front(), app);
  const auto flag = std::ranges::find_if(arguments, is_flag);
  if (flag != arguments.end()) return unknown_flag(*flag, app);
  const bool takes_input = app.get_option_no_throw("--input") != nullptr;
  return usage("", "unexpected argument: " + genomics::shown_word(arguments.front()),
               takes_input ? "give each input with its own `--input`" : help_of(app));
}

/// Returns the flag that a message of CLI11 begins with (`--output: 1 required FOLDER missing`); empty: none.
std::string flag_named_in(const std::string& message) {
  const std::string start = message.substr(0, message.find(':'));
  return is_flag(start) && start.find(' ') == std::string::npos ? start : "";
}

}  // namespace

InputError usage_error(const CLI::ParseError& error, const CLI::App& app) {
  const CLI::App& command = innermost(app);
  const std::vector<std::string> left_over = app.remaining(true);
  if (!left_over.empty()) return unexpected(left_over, command);

  std::string message = error.what();
  const std::string flag = flag_named_in(message);
  if (!flag.empty() && dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const CLI::Option* option = command.get_option_no_throw(flag);
    if (message.ends_with("missing") && option != nullptr) {
      return usage(flag, "needs a value", fmt::format("write `{} {}`", flag, option->get_type_name()));
    }
    if (message.find("At Most") != std::string::npos) return usage(flag, "is given more than once", "give it once");
  }
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && !command_names(command).empty()) {
    return usage("", "a command is missing",
                 fmt::format("the commands are {}", fmt::join(command_names(command), ", ")));
  }
  // A sentence's first letter goes lower; the name of an argument (`DIR`) stays.
  const bool is_name = message.size() > 1 && std::isupper(static_cast<unsigned char>(message[1])) != 0;
  if (!is_name) message.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(message.front())));
  return usage("", message, help_of(command));
}

}  // namespace stardose::config
