// stardose selftest: does this installation give the answers that it should?
#include "pipeline/selftest/selftest.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <memory>
#include <string>

#include "genomics/input_error.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/pgx_command.h"
#include "pipeline/exit_code.h"
#include "pipeline/pgx_run.h"

namespace stardose::pipeline {

namespace {

struct SelftestFlags {
  std::string knowledge;
  std::string digest;
};

void do_run(const SelftestRun& run, const std::string& knowledge, Interrupt& interrupt) {
  config::Settings settings;
  settings.input.files = {run.input};
  settings.calling.genes = run.genes;
  settings.dosing.dose = run.doses;
  settings.patients.covariates = run.patients;
  settings.output.folder = run.folder;
  settings.output.write = {"calls", "guidance", "dosing"};
  settings.limits.threads = run.threads;
  settings.knowledge = knowledge;
  PgxJob job = pgx_job(settings, interrupt);
  job.warn = [](const std::string& /*text*/) {};  // what these people's files lack is meant
  (void)run_pgx(job, interrupt.token());
}

SelftestResult check_catalogue(const SelftestFlags& flags, const pharmaco::Release& release,
                               const pharmaco::Release& own) {
  SelftestResult result{"catalogue",
                        fmt::format("{} of {}, SHA-256 {}{}", release.name, release.date, release.digest,
                                    release.digest == own.digest ? "" : ", not the program's own"),
                        {}};
  std::string wanted = flags.digest;
  std::ranges::transform(wanted, wanted.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (!wanted.empty() && wanted != release.digest) {
    result.faults.push_back("the catalogue should have the SHA-256 " + genomics::printable(wanted));
  }
  return result;
}

int test(const SelftestFlags& flags, Interrupt& interrupt) {
  const pharmaco::Release release = pharmaco::open_knowledge(flags.knowledge).release;
  const pharmaco::Release own = flags.knowledge.empty() ? release : pharmaco::open_knowledge({}).release;
  std::vector<SelftestResult> results{check_catalogue(flags, release, own)};
  std::ranges::move(selftest([&](const SelftestRun& run) { do_run(run, flags.knowledge, interrupt); }),
                    std::back_inserter(results));
  bool is_good = true;
  for (const SelftestResult& result : results) {
    fmt::print("{}  {}: {}\n", result.faults.empty() ? "ok  " : "FAIL", result.what, result.counted);
    for (const std::string& fault : result.faults) fmt::print("      {}\n", fault);
    is_good = is_good && result.faults.empty();
  }
  fmt::print("selftest {}: stardose {}\n", is_good ? "passed" : "FAILED", STARDOSE_VERSION);
  return is_good ? exit_done : exit_selftest;
}

}  // namespace

Command add_selftest_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("selftest", "Check that this installation gives the answers that it should");
  auto flags = std::make_shared<SelftestFlags>();
  command->add_option("--knowledge", flags->knowledge, "Folder of a catalogue to check instead of the embedded one")
      ->type_name("FOLDER");
  command
      ->add_option("--catalogue", flags->digest,
                   "SHA-256 that the catalogue must have, as `stardose --version` says it")
      ->type_name("SHA256");
  command->footer(
      "Made-up people whose answers are known are called, advised and dosed, on both assemblies. Takes seconds, needs "
      "no\n"
      "other file, and leaves none. Exit code 0: passed. 10: failed; do not use this installation.");
  return [flags](Interrupt& interrupt) { return test(*flags, interrupt); };
}

}  // namespace stardose::pipeline
