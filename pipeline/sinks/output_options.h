// What the user says about results.
#pragma once

#include <string>
#include <vector>

namespace stardose::pipeline {

struct OutputOptions {
  /// Folder for the results; made if missing.
  std::string folder = "results";
  /// Any of: calls, guidance, coverage (of alignments), dosing (where doses are asked for), html, pdf (by another
  /// program, see PdfPrinter), json, multiqc, dosages.
  std::vector<std::string> write = {"calls", "guidance", "coverage", "dosing", "html", "json"};
  /// Whose dosages: `catalogue` (documented alternatives, dosages.tsv) or `all` (every record of the input,
  /// dosages.bed, .bim and .fam).
  std::string dosage_sites = "catalogue";
  /// Table of known diplotypes for the cohort's page; empty: none.
  std::string truth;
};

}  // namespace stardose::pipeline
