// The patient's own medicines, each with what the guidelines say; one that none is about is named so.
#pragma once

#include <vector>

#include "pharmaco/report/drug_summary.h"
#include "pharmaco/report/html_writer.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Writes the section; nothing where no list was given. `drugs` are all of the report, those of the list marked.
void write_medications(HtmlWriter& html, const SampleReport& report, const std::vector<DrugSummary>& drugs);

}  // namespace stardose::pharmaco
