// stardose run: settings to the main job, and one closing line.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "config/command_line.h"
#include "config/print_config.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/tell_failed.h"
#include "pipeline/exit_code.h"
#include "pipeline/pgx_run.h"

namespace stardose::pipeline {

namespace {

int run_request(const config::RunRequest& request, Interrupt& interrupt) {
  const config::Settings& settings = request.settings;
  const std::string workflow = config::to_yaml(settings);
  if (request.print_config) {
    fmt::print("{}", workflow);
    return exit_done;
  }
  const PgxJob job{.input = settings.input,
                   .alignments = settings.alignments,
                   .input_list = settings.input_list,
                   .calling = settings.calling,
                   .patients = settings.patients,
                   .dosing = settings.dosing,
                   .features = settings.features,
                   .medications = settings.medications,
                   .output = settings.output,
                   .limits = settings.limits,
                   .knowledge = settings.knowledge,
                   .program_version = STARDOSE_VERSION,
                   .workflow = workflow,
                   .dry_run = request.dry_run,
                   .warn = [](const std::string& text) { fmt::print(stderr, "warning: {}\n", text); },
                   .on_writing = [&interrupt] { interrupt.finish_what_is_begun(); }};
  const PgxSummary summary = run_pgx(job, interrupt.token());
  if (request.dry_run) {
    fmt::print(stderr, "dry run: {} input(s) can be read and {} genes would be called; nothing was written\n",
               summary.inputs, summary.genes);
    return exit_done;
  }
  if (summary.stopped) return exit_done;
  fmt::print(stderr, "{} sample(s), {} genes: results are in {}\n", summary.samples, summary.genes,
             settings.output.folder);
  if (!summary.first_report.empty()) fmt::print(stderr, "report: {}\n", summary.first_report);
  if (summary.no_doses > 0) {
    fmt::print(stderr, "{} of {} dose(s) could not be worked out; dosing.tsv and the reports say why\n",
               summary.no_doses, summary.doses);
  }
  tell_failed(summary.failed);
  if (!summary.failed.empty()) return exit_samples_failed;
  return settings.strict && summary.no_calls + summary.no_doses > 0 ? exit_strict : exit_done;
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
