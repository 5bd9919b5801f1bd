// The table of patients that a user brings: clinical covariates, and genes if they are not called in the same run.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pharmaco/inputs/gene_columns.h"
#include "pharmaco/inputs/patient.h"

namespace stardose::pharmaco {

struct PatientTable {
  std::string path;
  std::vector<Patient> patients;      ///< in the table's order, each once
  std::vector<std::size_t> lines;     ///< where they stand
  std::vector<std::string> warnings;  ///< columns that are left out, and doubts about values, a line each
};

/// Reads a TSV or CSV with a header and a row a patient: `sample`, covariates (covariates.yaml, with units in the
/// headings or in `units`, by name) and genes (GeneColumn). `.`, `NA` or nothing is missing, and never 0.
/// Throws InputError (input) at line and column: no `sample`, a sample or a column twice, a unit that is missing or
/// does not fit, a value that is not plausible, a column that is nearly a known one. Throws InputError (usage) for
/// `units` of columns that are not there.
[[nodiscard]] PatientTable read_patients(const std::string& path, const std::map<std::string, std::string>& units,
                                         const PatientColumns& known, const KnowledgeBase& knowledge);

/// Throws InputError (mismatch) for a patient who is not among the samples of `source`; returns warnings: samples
/// without a row.
[[nodiscard]] std::vector<std::string> check_samples(const PatientTable& table, const std::vector<std::string>& samples,
                                                     const std::string& source);

}  // namespace stardose::pharmaco
