// stardose twin batch: records of many patients, by flags or a workflow file.
#include "pipeline/twins/twin_batch.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "config/command_line.h"
#include "config/print_config.h"
#include "pipeline/commands/patient_flags.h"
#include "pipeline/commands/twin_commands.h"
#include "pipeline/exit_code.h"

namespace stardose::pipeline {

namespace {

int run_batch(const config::RunFlags& flags, Interrupt& interrupt) {
  const config::RunRequest request = config::resolve(flags);
  const config::Settings& settings = request.settings;
  if (request.print_config) {
    fmt::print("{}", config::to_yaml(settings, config::Subcommand::twin));
    return exit_done;
  }
  const std::size_t records = records_of(settings.twin.patients).size();
  const TwinParts parts{settings.knowledge};
  if (request.dry_run) {
    fmt::print(stderr, "dry run: {} record(s) would be read; nothing was written\n", records);
    return exit_done;
  }
  interrupt.finish_what_is_begun();
  const TwinBatchSummary summary = run_twins(
      {parts, settings.twin, settings.limits, settings.output.folder, STARDOSE_VERSION, warn_of}, interrupt.token());
  if (summary.stopped) return exit_done;
  fmt::print(stderr, "{} patient(s), {} with an advised dose: results are in {}\n", summary.patients, summary.advised,
             settings.output.folder);
  if (summary.added > 0) fmt::print(stderr, "{} event(s) were added to their records\n", summary.added);
  for (const std::string& failed : summary.failed) fmt::print(stderr, "failed: {}\n", failed);
  if (!summary.failed.empty()) return exit_samples_failed;
  return settings.strict && summary.advised < summary.patients ? exit_strict : exit_done;
}

}  // namespace

Command add_twin_batch(CLI::App& twin) {
  CLI::App* command = twin.add_subcommand("batch", "Learn, forecast and advise for the records of many patients");
  auto flags = std::make_shared<config::RunFlags>();
  flags->command = config::Subcommand::twin;
  flags->input_needed = false;
  config::add_run_options(*command, *flags);
  command->footer("Writes advice.tsv, and twins/PATIENT.html and .json, into --output.");
  return [flags](Interrupt& interrupt) { return run_batch(*flags, interrupt); };
}

}  // namespace stardose::pipeline
