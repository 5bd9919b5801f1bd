// Flags of every command.
#include "pipeline/commands/rules.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <set>

#include "config/option_table.h"
#include "genomics/input_error.h"
#include "genomics/pseudonyms.h"
#include "genomics/trail.h"
#include "genomics/trusted_keys.h"
#include "pipeline/sinks/private_files.h"

namespace stardose::pipeline {

namespace {

constexpr const char* require_signatures = "--require-signatures";
constexpr const char* key_variable = "STARDOSE_PSEUDONYMISE";
constexpr const char* log_variable = "STARDOSE_AUDIT_LOG";
constexpr const char* signatures_variable = "STARDOSE_REQUIRE_SIGNATURES";
constexpr const char* group = "Privacy and trust (of every command)";

const CLI::App& innermost(const CLI::App& app) {
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  return *command;
}

/// Where results go, and what no result rests on.
bool is_read(const CLI::Option& option) {
  static const std::set<std::string> others = {"output", "pairs", "html", "audit-log", "pseudonymise"};
  return std::ranges::none_of(option.get_lnames(), [&](const std::string& name) { return others.contains(name); });
}

/// The command as the log names it; notes the files that its flags name.
AuditedCommand audited(const CLI::App& program) {
  const CLI::App& command = innermost(program);
  AuditedCommand what{STARDOSE_VERSION, command.get_name(), {}};
  for (const CLI::App* above = command.get_parent(); above != nullptr && above != &program;
       above = above->get_parent()) {
    what.command = above->get_name() + " " + what.command;
  }
  for (const CLI::Option* option : command.get_options({})) {
    if (option->count() == 0) continue;
    if (option->nonpositional()) what.flags.push_back(option->get_name());
    if (is_read(*option)) {
      std::ranges::for_each(option->results(), genomics::note_read);
    }
  }
  return what;
}

std::string said_by(const char* variable) {
  const char* text = std::getenv(variable);
  return text == nullptr ? "" : text;
}

void fill(std::string& value, const char* variable) {
  if (value.empty()) value = said_by(variable);
}

/// `--pseudonymise "$KEY"`, and KEY is not set: names would be let through.
void refuse_empty(const CLI::App& command) {
  for (const char* name : {"--pseudonymise", "--audit-log", require_signatures}) {
    const CLI::Option* option = command.get_option_no_throw(name);
    if (option == nullptr || option->count() == 0 || !option->results().back().empty()) continue;
    throw genomics::InputError{genomics::Fault::usage, {"", name, "names no file", "name one, or leave the flag out"}};
  }
  for (const char* name : {key_variable, log_variable, signatures_variable}) {
    const char* text = std::getenv(name);
    if (text == nullptr || *text != '\0') continue;
    throw genomics::InputError{genomics::Fault::usage, {"", name, "names no file", "name one, or unset the variable"}};
  }
}

}  // namespace

void add_rules(CLI::App& command, Rules& rules) {
  for (CLI::App* below : command.get_subcommands({})) add_rules(*below, rules);
  if (!command.get_subcommands({}).empty()) return;
  command
      .add_option("--pseudonymise", rules.pseudonymise,
                  "Replace samples' names by hashes made with the key in this file (`stardose pseudonym make-key`).")
      ->type_name("FILE")
      ->group(group);
  command.add_flag("--private", rules.is_private, "Let nobody but you read what is written: files 0600, folders 0700.")
      ->group(group);
  command
      .add_option("--audit-log", rules.audit_log,
                  "Add what is done to this log, which can only grow; `stardose audit verify` checks it.")
      ->type_name("FILE")
      ->group(group);
  if (CLI::Option* setting = command.get_option_no_throw(require_signatures)) {
    setting->group(group);
    return;
  }
  command.add_option(require_signatures, rules.require_signatures, config::require_signatures_help)
      ->type_name("KEYS")
      ->group(group);
}

CommandAudit begin_audit(Rules& rules, const CLI::App& program) {
  refuse_empty(innermost(program));
  fill(rules.pseudonymise, key_variable);
  const std::string is_private = said_by("STARDOSE_PRIVATE");
  if (rules.is_private || (!is_private.empty() && is_private != "0")) make_files_private();
  fill(rules.audit_log, log_variable);
  if (!rules.audit_log.empty()) genomics::keep_trail();
  return CommandAudit{rules.audit_log, audited(program)};
}

void enforce(const Rules& rules) {
  if (!rules.pseudonymise.empty()) genomics::use_pseudonyms(rules.pseudonymise);
  for (const std::string& keys : {said_by(signatures_variable), rules.require_signatures}) {
    if (keys.empty()) continue;
    genomics::note_read(keys);
    genomics::require_signatures(keys);
  }
}

bool asks_for_pseudonyms(std::span<char* const> arguments) {
  const auto asks = [](const char* argument) { return std::string_view{argument}.starts_with("--pseudonymise"); };
  return std::getenv(key_variable) != nullptr || std::ranges::any_of(arguments, asks);
}

}  // namespace stardose::pipeline
