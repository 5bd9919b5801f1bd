// stardose audit: whether a log is as it was written.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "genomics/input_error.h"
#include "pipeline/audit/audit_log.h"
#include "pipeline/commands/commands.h"
#include "pipeline/exit_code.h"

namespace stardose::pipeline {

namespace {

struct AuditFlags {
  std::string file;
  std::optional<std::string> head;
};

int verify(const AuditFlags& flags) {
  if (flags.head && flags.head->empty()) {
    throw genomics::InputError{genomics::Fault::usage,
                               {"", "--head", "names no hash", "give the one that was noted down"}};
  }
  const AuditVerdict verdict = verify_log(flags.file, flags.head);
  fmt::print("{}: {} entries, unbroken\n", genomics::printable(flags.file), verdict.entries);
  if (!verdict.unfinished.empty()) {
    fmt::print("begun and not ended (still running, killed, or without power): entries {}\n",
               fmt::join(verdict.unfinished, ", "));
  }
  if (!verdict.head.empty()) fmt::print("head: {}\n", verdict.head);
  return exit_done;
}

}  // namespace

Command add_audit_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("audit", "Check logs of --audit-log");
  command->require_subcommand(1);
  auto flags = std::make_shared<AuditFlags>();
  CLI::App* verify_command = command->add_subcommand("verify", "Check that no entry was changed, removed or moved");
  verify_command->add_option("FILE", flags->file, "A log of --audit-log")->required();
  verify_command
      ->add_option("--head", flags->head, "Hash of an entry that must be there, noted down when it was the last")
      ->type_name("HASH");
  verify_command->footer(
      "That entries at the end are missing cannot be told from the log: keep the head that is printed where who can\n"
      "write the log cannot, and give it the next time. Exit code 9: the log is not as it was written.");
  return [flags](Interrupt& /*interrupt*/) { return verify(*flags); };
}

}  // namespace stardose::pipeline
