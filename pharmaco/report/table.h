// Lines of calls.tsv, matches.tsv and guidance.tsv.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// Header lines, newline included. Columns are fixed; new ones are only added at the end.
[[nodiscard]] std::string_view calls_header();
[[nodiscard]] std::string_view matches_header();
[[nodiscard]] std::string_view guidance_header();
[[nodiscard]] std::string_view coverage_header();

/// Returns the line without the sample's cell: it starts with a tab and ends with a newline. An empty cell is `.`.
[[nodiscard]] std::string calls_row(const GeneFinding& finding);
[[nodiscard]] std::string guidance_row(const Advice& advice);
/// Returns a line for each diplotype that explains the variants, likewise. `rank` is 1 for the best score; diplotypes
/// of one score share one.
[[nodiscard]] std::vector<std::string> match_rows(const GeneFinding& finding);

/// Returns a line for each position of the gene, sample's cell included.
[[nodiscard]] std::string coverage_rows(const GeneCoverage& gene, std::string_view sample_cell);

/// Returns the text as a cell, safe from spreadsheets (genomics/basics/table_cell.h); `.` when it is empty.
[[nodiscard]] std::string cell(std::string_view text);

}  // namespace stardose::pharmaco
