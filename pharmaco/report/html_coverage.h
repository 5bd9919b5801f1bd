// What the reads cover, and how copies were counted: a line to read, the figures folded.
#pragma once

#include "pharmaco/report/html_writer.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Writes nothing for a sample that was not read from an alignment.
void write_coverage(HtmlWriter& html, const SampleReport& report);

}  // namespace stardose::pharmaco
