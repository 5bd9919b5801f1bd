// Digital twins.
#include "config/options/option_parts.h"

namespace stardose::config {

namespace {

using pharmaco::TwinOptions;

}  // namespace

std::vector<Option> twin_options() {
  return {
      {.name = "patients",
       .help =
           "Records of patients (`stardose twin start` makes them), or folders whose records are meant, *.twin.json.",
       .value = "RECORD",
       .field = field<&Settings::twin, &TwinOptions::patients>,
       .path = true,
       .commands = of_twins},
      {.name = "events",
       .help =
           "TSV of events to add first: patient, time, what, value, unit, and for courses of doses times and every. "
           "What a record has already is left out.",
       .value = "FILE",
       .field = field<&Settings::twin, &TwinOptions::events>,
       .path = true,
       .commands = of_twins},
      {.name = "horizon",
       .help = "Days of the forecast.",
       .value = "N",
       .field = field<&Settings::twin, &TwinOptions::horizon>,
       .greatest = 365,
       .commands = of_twins},
      {.name = "draws",
       .help = "Draws of what may be true of a patient; more are finer and take longer.",
       .value = "N",
       .field = field<&Settings::twin, &TwinOptions::draws>,
       .least = 100,
       .greatest = 100'000,
       .commands = of_twins},
      {.name = "seed",
       .help = "Of the draws; the same seed gives the same numbers to the last digit.",
       .value = "N",
       .field = field<&Settings::twin, &TwinOptions::seed>,
       .least = 0,
       .greatest = 1'000'000'000,
       .commands = of_twins},
  };
}

}  // namespace stardose::config
