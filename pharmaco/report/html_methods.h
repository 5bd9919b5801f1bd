// The section about methods, limits and sources.
#pragma once

#include "pharmaco/report/html_writer.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Writes how the report came about, what it cannot say, and its guidelines with PMIDs.
void write_methods(HtmlWriter& html, const SampleReport& report);

}  // namespace stardose::pharmaco
