// The parts of the table, in the order in which they are shown.
#include "config/option_table.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "config/options/option_parts.h"

namespace stardose::config {

const std::vector<Option>& options() {
  static const std::vector<Option> table = [] {
    std::vector<Option> all;
    for (auto* part : {input_options, calling_options, patient_options, knowledge_options, twin_options,
                       polygenic_options, output_options}) {
      std::ranges::move(part(), std::back_inserter(all));
    }
    return all;
  }();
  return table;
}

const Option* find_option(const std::string& name) {
  const auto found = std::ranges::find(options(), name, &Option::name);
  return found == options().end() ? nullptr : &*found;
}

std::vector<const Option*> options_of(Subcommand command) {
  std::vector<const Option*> chosen;
  for (const Option& option : options()) {
    if (std::ranges::find(option.commands, command) != option.commands.end()) chosen.push_back(&option);
  }
  return chosen;
}

std::vector<std::string> option_names(Subcommand command) {
  std::vector<std::string> names;
  for (const Option* option : options_of(command)) names.push_back(option->name);
  return names;
}

}  // namespace stardose::config
