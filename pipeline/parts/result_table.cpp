// Names and frames.
#include "pipeline/parts/result_table.h"

#include "genomics/expect.h"
#include "pharmaco/dosing/dose_formats.h"
#include "pharmaco/report/multiqc.h"
#include "pharmaco/report/table.h"

namespace stardose::pipeline {

namespace {

std::string multiqc_file(pharmaco::MultiqcDocument document) { return "multiqc/" + multiqc_file_name(document); }

TableFrame lines_below(std::string_view header) { return {std::string{header}, "", ""}; }

TableFrame rows_of(pharmaco::MultiqcDocument document, const std::vector<std::string>& guided) {
  return {multiqc_start(document, guided), ",\n", pharmaco::multiqc_end};
}

}  // namespace

std::string table_file(std::size_t table) {
  STARDOSE_EXPECT(table < result_tables);
  switch (static_cast<ResultTable>(table)) {
    case ResultTable::calls: return "calls.tsv";
    case ResultTable::guidance: return "guidance.tsv";
    case ResultTable::matches: return "matches.tsv";
    case ResultTable::coverage: return "coverage.tsv";
    case ResultTable::dosing: return "dosing.tsv";
    case ResultTable::multiqc_general: return multiqc_file(pharmaco::MultiqcDocument::general);
    case ResultTable::multiqc_outcomes: return multiqc_file(pharmaco::MultiqcDocument::outcomes);
    case ResultTable::multiqc_calls: return multiqc_file(pharmaco::MultiqcDocument::calls);
  }
  return {};
}

TableFrame frame_of(std::size_t table, const std::vector<std::string>& guided) {
  STARDOSE_EXPECT(table < result_tables);
  switch (static_cast<ResultTable>(table)) {
    case ResultTable::calls: return lines_below(pharmaco::calls_header());
    case ResultTable::guidance: return lines_below(pharmaco::guidance_header());
    case ResultTable::matches: return lines_below(pharmaco::matches_header());
    case ResultTable::coverage: return lines_below(pharmaco::coverage_header());
    case ResultTable::dosing: return lines_below(pharmaco::dose_header());
    case ResultTable::multiqc_general: return rows_of(pharmaco::MultiqcDocument::general, guided);
    case ResultTable::multiqc_outcomes: return rows_of(pharmaco::MultiqcDocument::outcomes, guided);
    case ResultTable::multiqc_calls: return rows_of(pharmaco::MultiqcDocument::calls, guided);
  }
  return {};
}

}  // namespace stardose::pipeline
