// The report of one sample as one self-contained page.
#pragma once

#include <string>

#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Returns an HTML page without script, links or requests; its policy allows its own stylesheet and nothing else.
/// The same report gives the same bytes. Text of the report is inert whatever it holds.
[[nodiscard]] std::string html_report(const SampleReport& report);

}  // namespace stardose::pharmaco
