// The manual in roff, from what the commands say of themselves.
#pragma once

#include <string>
#include <vector>

#include "config/command_description.h"

namespace stardose::config {

/// What a page says of the program.
struct ManualFacts {
  std::string version;
  std::string date;  ///< of the version: `2026-11-22`
};

struct ManPage {
  std::string name;  ///< `stardose-run`, in section 1
  std::string text;
};

/// Returns the program's page and one for each of its commands; commands below those are on their page.
[[nodiscard]] std::vector<ManPage> manual(const CommandDescription& program, const ManualFacts& facts);

}  // namespace stardose::config
