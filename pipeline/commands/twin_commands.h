// The parts of `stardose twin`, each in a file of its own.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/twin/told_event.h"
#include "pharmaco/twin/twin_answer.h"
#include "pipeline/commands/commands.h"

namespace stardose::pipeline {

[[nodiscard]] Command add_twin_start(CLI::App& twin);
[[nodiscard]] Command add_twin_add(CLI::App& twin);
[[nodiscard]] Command add_twin_update(CLI::App& twin);
[[nodiscard]] Command add_twin_forecast(CLI::App& twin);
[[nodiscard]] Command add_twin_advise(CLI::App& twin);
[[nodiscard]] Command add_twin_batch(CLI::App& twin);

/// Throws InputError (usage) at a flag.
[[noreturn]] void refuse_flag(const std::string& flag, const std::string& why, const std::string& help);

/// Returns the time, or throws InputError (usage) at the flag.
[[nodiscard]] pharmaco::TwinTime time_of_flag(const std::string& flag, const std::string& text);

}  // namespace stardose::pipeline
