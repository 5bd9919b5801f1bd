// What the parts of the table of options are made of. Only they include this.
#pragma once

#include <vector>

#include "config/option_table.h"

namespace stardose::config {

/// field<&Settings::limits, &Limits::threads>(settings) is settings.limits.threads.
template <auto... Members>
auto& field(Settings& settings) {
  return (settings.*....*Members);
}

/// The subcommands that have an option, where they are not `run` alone.
inline const std::vector<Subcommand> of_cohorts = {Subcommand::run, Subcommand::polygenic};
inline const std::vector<Subcommand> of_scores = {Subcommand::polygenic};
inline const std::vector<Subcommand> of_twins = {Subcommand::twin};
inline const std::vector<Subcommand> of_catalogues = {Subcommand::run, Subcommand::twin};
inline const std::vector<Subcommand> of_all = {Subcommand::run, Subcommand::polygenic, Subcommand::twin};

/// Parts of the table, each in the order in which its options are shown.
[[nodiscard]] std::vector<Option> input_options();
[[nodiscard]] std::vector<Option> calling_options();
[[nodiscard]] std::vector<Option> patient_options();
[[nodiscard]] std::vector<Option> knowledge_options();
[[nodiscard]] std::vector<Option> twin_options();
[[nodiscard]] std::vector<Option> polygenic_options();
[[nodiscard]] std::vector<Option> output_options();

}  // namespace stardose::config
