// stardose polygenic: settings to scores, and one closing line.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "config/command_line.h"
#include "config/print_config.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/tell_failed.h"
#include "pipeline/exit_code.h"
#include "pipeline/polygenic_run.h"

namespace stardose::pipeline {

namespace {

int score_request(const config::RunRequest& request, Interrupt& interrupt) {
  const config::Settings& settings = request.settings;
  if (request.print_config) {
    fmt::print("{}", config::to_yaml(settings, config::Subcommand::polygenic));
    return exit_done;
  }
  const PolygenicJob job{.input = settings.input,
                         .polygenic = settings.polygenic,
                         .folder = settings.output.folder,
                         .limits = settings.limits,
                         .program_version = STARDOSE_VERSION,
                         .workflow = config::deciding_yaml(settings, config::Subcommand::polygenic),
                         .timestamps = settings.output.timestamps,
                         .dry_run = request.dry_run,
                         .warn = warn_of,
                         .on_writing = [&interrupt] { interrupt.finish_what_is_begun(); }};
  const PolygenicSummary summary = run_polygenic(job, interrupt.token());
  if (summary.stopped) return exit_done;
  if (request.dry_run) {
    fmt::print(stderr, "dry run: {} sample(s) would get {} score(s); nothing was written\n", summary.samples,
               summary.scores);
  } else {
    fmt::print(stderr, "{} sample(s), {} score(s): results are in {}\n", summary.samples, summary.scores,
               settings.output.folder);
  }
  return exit_done;
}

}  // namespace

Command add_polygenic_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("polygenic", "Score a cohort by scoring files of the PGS Catalog");
  auto flags = std::make_shared<config::RunFlags>();
  flags->command = config::Subcommand::polygenic;
  command->footer(
      "An input may also be the .bed of a PLINK 1 fileset. Exit code 4: a score falls short of min-overlap.");
  config::add_run_options(*command, *flags);
  return [flags](Interrupt& interrupt) { return score_request(config::resolve(*flags), interrupt); };
}

}  // namespace stardose::pipeline
