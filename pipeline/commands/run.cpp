// stardose run: settings to the main job, and one closing line.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "config/command_line.h"
#include "config/print_config.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/pgx_command.h"
#include "pipeline/exit_code.h"
#include "pipeline/pgx_run.h"

namespace stardose::pipeline {

namespace {

int run_request(const config::RunRequest& request, Interrupt& interrupt) {
  const config::Settings& settings = request.settings;
  if (request.print_config) {
    fmt::print("{}", config::to_yaml(settings));
    return exit_done;
  }
  PgxJob job = pgx_job(settings, interrupt);
  job.dry_run = request.dry_run;
  const PgxSummary summary = run_pgx(job, interrupt.token());
  if (request.dry_run) {
    fmt::print(stderr, "dry run: {} input(s) can be read and {} genes would be called; nothing was written\n",
               summary.inputs, summary.genes);
    return exit_done;
  }
  return summary.stopped ? exit_done : tell_summary(summary, settings);
}

}  // namespace

Command add_run_command(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("run", "Call genes from variant files or alignments and write guidance and reports");
  auto flags = std::make_shared<config::RunFlags>();
  config::add_run_options(*command, *flags);
  return [flags](Interrupt& interrupt) { return run_request(config::resolve(*flags), interrupt); };
}

}  // namespace stardose::pipeline
