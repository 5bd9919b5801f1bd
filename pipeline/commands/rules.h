// What a site may ask of every command: whatever it does, it does it so.
#pragma once

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

/// Puts them in force for the command that was chosen, before anything is read or written. What no flag says the
/// environment may: STARDOSE_PSEUDONYMISE, STARDOSE_PRIVATE, STARDOSE_AUDIT_LOG. Keys that
/// STARDOSE_REQUIRE_SIGNATURES names must have signed whatever a flag says. Throws InputError, also for a flag that
/// says nothing.
[[nodiscard]] CommandAudit enforce(Rules rules, const CLI::App& program);

}  // namespace stardose::pipeline
