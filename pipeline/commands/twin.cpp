// stardose twin: records of patients under treatment, and what follows from them.
#include <CLI/CLI.hpp>
#include <array>

#include "genomics/expect.h"
#include "genomics/input_error.h"
#include "pipeline/commands/twin_commands.h"

namespace stardose::pipeline {

void refuse_flag(const std::string& flag, const std::string& why, const std::string& help) {
  throw genomics::InputError{genomics::Fault::usage, {"", flag, why, help}};
}

pharmaco::TwinTime time_of_flag(const std::string& flag, const std::string& text) {
  std::optional<pharmaco::Refusal> refusal;
  const auto time = pharmaco::read_time(text, refusal);
  if (!time) refuse_flag(flag, refusal->why, refusal->help);
  return *time;
}

Command add_twin_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "twin", "Follow a patient under treatment: learn from each measurement, forecast, advise the next dose");
  command->require_subcommand(1);
  const std::array<Command, 6> parts = {add_twin_start(*command),  add_twin_add(*command),
                                        add_twin_update(*command), add_twin_forecast(*command),
                                        add_twin_advise(*command), add_twin_batch(*command)};
  const std::vector<CLI::App*> apps = command->get_subcommands({});
  STARDOSE_EXPECT(apps.size() == parts.size());
  return [parts, apps](Interrupt& interrupt) -> int {
    for (std::size_t k = 0; k < parts.size(); ++k) {
      if (apps[k]->parsed()) return parts.at(k)(interrupt);
    }
    STARDOSE_EXPECT(false);  // CLI11 asks for one of them
    return 0;
  };
}

}  // namespace stardose::pipeline
