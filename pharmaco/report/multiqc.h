// What MultiQC is told of a run: documents in its custom-content form, which it finds by their names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/report/coverage_report.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

enum class MultiqcDocument {
  general,   ///< columns of MultiQC's General Statistics
  outcomes,  ///< bars: genes called, ambiguous and not called
  calls,     ///< a table, a column for each gene with guidance
};

/// What one sample came to.
struct MultiqcSample {
  std::string_view sample;
  std::vector<const GeneFinding*> genes;
  const CoverageReport* coverage = nullptr;  ///< of a sample that was read from alignments
};

/// Returns `stardose_general_mqc.json` and so on; MultiQC looks for the ending.
[[nodiscard]] std::string multiqc_file_name(MultiqcDocument document);

/// Returns the document up to its first row; rows are joined by `,\n`, then comes `multiqc_end`. `guided` are the
/// symbols of the genes with guidance.
[[nodiscard]] std::string multiqc_start(MultiqcDocument document, const std::vector<std::string>& guided);
inline constexpr std::string_view multiqc_end = "\n}}\n";

/// Returns `"sample": {...}`. MultiQC shows texts as they are, so these are escaped.
[[nodiscard]] std::string multiqc_row(MultiqcDocument document, const MultiqcSample& sample);

/// `stardose_mqc_versions.yml`, from which MultiQC 1.18 and later list the version.
inline constexpr std::string_view multiqc_versions_name = "stardose_mqc_versions.yml";
[[nodiscard]] std::string multiqc_versions(std::string_view program_version);

}  // namespace stardose::pharmaco
