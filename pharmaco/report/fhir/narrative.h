// The report in words, for whoever opens the bundle without knowing its profiles.
#pragma once

#include <string>

#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Returns XHTML in one `div`: what needs action, what could not be determined and why, what needs no change.
[[nodiscard]] std::string narrative_of(const SampleReport& report);

/// Returns the same counts as one sentence.
[[nodiscard]] std::string conclusion_of(const SampleReport& report);

}  // namespace stardose::pharmaco
