// One flag for each entry of the option table.
#include "config/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <variant>

#include "config/option_value.h"
#include "config/print_config.h"
#include "config/workflow_file.h"
#include "genomics/expect.h"
#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"
#include "genomics/trail.h"
#include "genomics/trusted_keys.h"

namespace stardose::config {

namespace {

using genomics::Fault;
using genomics::InputError;

/// CLI11 shows `--no-index{false}`; nobody types the brackets.
class PlainNames : public CLI::Formatter {
 public:
  std::string make_option_name(const CLI::Option* option, bool is_positional) const override {
    std::string name = CLI::Formatter::make_option_name(option, is_positional);
    const std::string bracket = "{false}";
    if (const std::size_t found = name.find(bracket); found != std::string::npos) name.erase(found, bracket.size());
    return name;
  }
};

bool is_true_or_false(const Option& option) { return std::holds_alternative<bool& (*)(Settings&)>(option.field); }

CLI::Option* add_flag(CLI::App& app, const Option& option) {
  const std::string letter = option.letter == '\0' ? "" : fmt::format("-{},", option.letter);
  const std::string value = yaml_value(option, {});
  const bool is_empty = value == "[]" || value == "''";
  const std::string help = is_empty ? option.help : fmt::format("{} [default: {}]", option.help, value);
  if (is_true_or_false(option)) {
    return app.add_flag(fmt::format("{}--{},!--no-{}", letter, option.name, option.name))->description(help);
  }
  const CLI::callback_t keep = [](const CLI::results_t& /*values*/) { return true; };
  CLI::Option* flag = app.add_option(letter + "--" + option.name, keep, help)->type_name(option.value);
  if (is_list(option)) flag->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  // CLI11 would otherwise split a value in square brackets.
  return flag->allow_extra_args(false);
}

std::vector<std::string> split_at_commas(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t comma = text.find(','); comma != std::string::npos; comma = text.find(',', begin)) {
    parts.push_back(text.substr(begin, comma - begin));
    begin = comma + 1;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::vector<std::string> values_of(const Option& option, const std::vector<std::string>& results) {
  if (is_true_or_false(option)) return {results.back()};
  if (!is_list(option) || option.path) return results;
  std::vector<std::string> values;
  for (const std::string& result : results) {
    for (std::string& part : split_at_commas(result)) values.push_back(std::move(part));
  }
  return values;
}

/// CLI11 takes the next flag for the value of one that has none.
void refuse_flag_as_value(const Option& option, const std::vector<std::string>& results) {
  if (is_bare_word(option)) return;
  for (const std::string& result : results) {
    if (result.size() < 2 || result.front() != '-') continue;
    throw InputError{Fault::usage,
                     {"", "--" + option.name, expected_but_found(option, "the flag " + genomics::shown_word(result)),
                      fmt::format("write `--{} {}`; a path may begin with `./-`", option.name, option.value)}};
  }
}

void store_flag(const Option& option, const std::vector<std::string>& results, Settings& settings) {
  refuse_flag_as_value(option, results);
  if (const auto mistake = store(option, values_of(option, results), settings)) {
    throw InputError{Fault::usage, {"", "--" + option.name, mistake->why, mistake->help}};
  }
}

/// Inputs of flags stand for all of the file's, whichever way either names them: nobody wants a workflow's sample data
/// among their own.
void forget_inputs_of_file(const RunFlags& flags, Settings& settings) {
  const std::vector<const Option*> options = options_of(flags.command);
  for (std::size_t i = 0; i < flags.given.size(); ++i) {
    const std::string& name = options[i]->name;
    const bool is_given = flags.given[i] != nullptr && flags.given[i]->count() > 0;
    if ((name != "input" && name != "input-list") || !is_given) continue;
    settings.input.files.clear();
    settings.input_list.clear();
  }
}

/// Those that are among the names, or those that are not.
void add_flags(CLI::App& app, RunFlags& flags, const std::vector<std::string>& names, bool named) {
  app.formatter(std::make_shared<PlainNames>());
  STARDOSE_EXPECT(std::ranges::all_of(names, [](const std::string& name) { return find_option(name) != nullptr; }));
  for (const Option* option : options_of(flags.command)) {
    const bool is_named = std::ranges::find(names, option->name) != names.end();
    flags.given.push_back(is_named == named ? add_flag(app, *option) : nullptr);
  }
}

/// Outside calls may be a file a sample. A shard's record keeps their paths, since merging reads them again.
void hide_paths(const Settings& settings) {
  std::ranges::for_each(settings.input.files, genomics::hide_path);
  if (settings.output.shard.empty()) std::ranges::for_each(settings.calling.outside_calls, genomics::hide_path);
}

/// What is read at a path that a file or a flag says.
void note_reading(const RunFlags& flags, Settings& settings) {
  for (const Option* option : options_of(flags.command)) {
    if (!option->path) continue;
    if (const auto* text = std::get_if<std::string& (*)(Settings&)>(&option->field)) {
      genomics::note_read((*text)(settings));
    } else if (const auto* list = std::get_if<std::vector<std::string>& (*)(Settings&)>(&option->field)) {
      std::ranges::for_each((*list)(settings), genomics::note_read);
    }
  }
}

}  // namespace

void add_run_options(CLI::App& app, RunFlags& flags) {
  add_options_without(app, flags, {});
  app.add_flag("--print-config", flags.print_config, "Print the settings as a workflow file and end.");
  app.add_flag("--dry-run", flags.dry_run, "Check the settings and the inputs, and end.");
}

void add_some_options(CLI::App& app, RunFlags& flags, const std::vector<std::string>& names) {
  add_flags(app, flags, names, true);
}

void add_options_without(CLI::App& app, RunFlags& flags, const std::vector<std::string>& names) {
  app.add_option("workflow", flags.workflow, "Workflow file; flags replace what it says.")->type_name("WORKFLOW.yaml");
  add_flags(app, flags, names, false);
}

RunRequest resolve(const RunFlags& flags) {
  const std::vector<const Option*> options = options_of(flags.command);
  STARDOSE_EXPECT(flags.given.size() == options.size());
  RunRequest request{{}, flags.print_config, flags.dry_run, flags.workflow, false};
  const bool is_yaml = flags.workflow.ends_with(".yaml") || flags.workflow.ends_with(".yml");
  if (!is_yaml) genomics::hide_path(flags.workflow);  // an input without its flag, likely
  if (!flags.workflow.empty()) request.settings = read_workflow(flags.workflow, {}, flags.command);
  forget_inputs_of_file(flags, request.settings);
  for (std::size_t i = 0; i < flags.given.size(); ++i) {
    if (flags.given[i] == nullptr || flags.given[i]->count() == 0) continue;
    store_flag(*options[i], flags.given[i]->results(), request.settings);
    request.output_given = request.output_given || options[i]->name == "output";
  }
  hide_paths(request.settings);
  if (const std::string& keys = request.settings.require_signatures; !keys.empty()) genomics::require_signatures(keys);
  genomics::note_read(flags.workflow);
  note_reading(flags, request.settings);
  const bool has_input = !request.settings.input.files.empty() || !request.settings.input_list.empty();
  if (!has_input && flags.input_needed && !flags.print_config) {
    throw InputError{
        Fault::usage,
        {flags.workflow, "", "no input",
         "give a variant file or an alignment with `--input FILE`, or as `input: FILE` in a workflow file"}};
  }
  return request;
}

}  // namespace stardose::config
