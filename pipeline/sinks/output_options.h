// What the user says about results.
#pragma once

#include <string>
#include <vector>

namespace stardose::pipeline {

struct OutputOptions {
  /// Folder for the results; made if missing.
  std::string folder = "results";
  /// Any of: calls, guidance, coverage (of alignments), dosing (where doses are asked for), features (where
  /// they are), html, pdf (by another program, see PdfPrinter), json, fhir, multiqc, dosages.
  std::vector<std::string> write = {"calls", "guidance", "coverage", "dosing", "features", "html", "json"};
  /// Whose dosages: `catalogue` (documented alternatives, dosages.tsv) or `all` (every record of the input,
  /// dosages.bed, .bim and .fam).
  std::string dosage_sites = "catalogue";
  /// An absolute URI, of the patient's identifier in FHIR bundles and part of their ids; empty: only the name is.
  std::string fhir_system;
  /// Table of known diplotypes for the cohort's page; empty: none.
  std::string truth;
  /// `i/n`: only the i-th of n parts of the samples, for `stardose merge` to put together; empty: all samples.
  std::string shard;
  /// true: what an earlier run of the same folder has finished is not done again.
  bool resume = false;
  /// true: the record of the run also says when, where and in how many seconds.
  bool timestamps = false;
  /// true: a ro-crate-metadata.json describes the results.
  bool ro_crate = false;
};

}  // namespace stardose::pipeline
