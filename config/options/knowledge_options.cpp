// Whose knowledge, and whom it must be signed by.
#include "config/options/option_parts.h"

namespace stardose::config {

std::vector<Option> knowledge_options() {
  return {
      {.name = "knowledge",
       .help = "Folder with a catalogue to use instead of the built-in one.",
       .value = "FOLDER",
       .field = field<&Settings::knowledge>,
       .path = true,
       .commands = of_catalogues},
      {.name = "require-signatures",
       .help = require_signatures_help,
       .value = "KEYS",
       .field = field<&Settings::require_signatures>,
       .path = true,
       .decides = false,
       .commands = of_catalogues},
  };
}

}  // namespace stardose::config
