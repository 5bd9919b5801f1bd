// What a site may ask of every command: whatever it does, it does it so.
#pragma once

#include <span>
#include <string>

#include "pipeline/audit/command_audit.h"

namespace CLI {
class App;
}

namespace stardose::pipeline {

struct Rules {
  std::string pseudonymise;  ///< file with a key; empty: names stay
  bool is_private = false;
  std::string audit_log;           ///< empty: there is none
  std::string require_signatures;  ///< file of public keys; empty: whatever is not tampered with may be used
};

/// Adds the flags to a command and all below it, but for those that it has among its settings.
void add_rules(CLI::App& command, Rules& rules);

/// Fills in what no flag says and the environment does: STARDOSE_PSEUDONYMISE, STARDOSE_PRIVATE, STARDOSE_AUDIT_LOG.
/// From here on files are private, if they are to be, and the log has the command that was chosen. Throws InputError,
/// also for a flag or a variable that says nothing.
[[nodiscard]] CommandAudit begin_audit(Rules& rules, const CLI::App& program);

/// Puts the others in force, before anything is read or written. Keys that STARDOSE_REQUIRE_SIGNATURES names must have
/// signed whatever a flag says. Throws InputError.
void enforce(const Rules& rules);

/// Returns whether these arguments, or the environment, ask for pseudonyms: for mistakes in the arguments themselves.
[[nodiscard]] bool asks_for_pseudonyms(std::span<char* const> arguments);

}  // namespace stardose::pipeline
