// The main job of settings.
#include "pipeline/commands/pgx_command.h"

#include <fmt/format.h>

#include <cstdio>

#include "config/print_config.h"
#include "pipeline/commands/tell_failed.h"
#include "pipeline/exit_code.h"

namespace stardose::pipeline {

PgxJob pgx_job(const config::Settings& settings, Interrupt& interrupt) {
  return {.input = settings.input,
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
          .workflow = config::deciding_yaml(settings),
          .warn = warn_of,
          .on_writing = [&interrupt] { interrupt.finish_what_is_begun(); }};
}

int tell_summary(const PgxSummary& summary, const config::Settings& settings) {
  fmt::print(stderr, "{} sample(s), {} genes: results are in {}\n", summary.samples, summary.genes,
             settings.output.folder);
  if (summary.resumed > 0) fmt::print(stderr, "{} of them had been finished before\n", summary.resumed);
  if (!summary.first_report.empty()) fmt::print(stderr, "report: {}\n", summary.first_report);
  if (summary.no_doses > 0) {
    fmt::print(stderr, "{} of {} dose(s) could not be worked out; dosing.tsv and the reports say why\n",
               summary.no_doses, summary.doses);
  }
  tell_failed(summary.failed);
  if (!summary.failed.empty()) return exit_samples_failed;
  return settings.strict && summary.no_calls + summary.no_doses > 0 ? exit_strict : exit_done;
}

}  // namespace stardose::pipeline
