// The sections about drugs: needs action, could not be determined, no change needed.
#pragma once

#include <vector>

#include "pharmaco/report/drug_summary.h"
#include "pharmaco/report/html_writer.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Writes a table of the drugs in this bucket with all advice on each, guideline by guideline.
void write_needs_action(HtmlWriter& html, const std::vector<DrugSummary>& drugs);

/// Writes the genes that do not decide with the drugs that wait for them, and the drugs that a guideline leaves open.
void write_undetermined(HtmlWriter& html, const SampleReport& report, const std::vector<DrugSummary>& drugs);

/// Writes the names of the drugs in this bucket, with the evidence folded.
void write_no_change(HtmlWriter& html, const std::vector<DrugSummary>& drugs);

}  // namespace stardose::pharmaco
