// What the user says about patients, beside their genes.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace stardose::pharmaco {

struct PatientOptions {
  /// Table of patients (read_patients); empty: there is none.
  std::string covariates;
  /// Units of columns that do not say theirs, `weight=lb`.
  std::vector<std::string> units;
  /// scores.tsv of `stardose polygenic` (read_polygenic_scores); empty: there is none.
  std::string polygenic;
};

/// Returns units by the name of the covariate. Throws InputError (usage) for one that cannot be read.
[[nodiscard]] std::map<std::string, std::string> units_by_name(const PatientOptions& options);

}  // namespace stardose::pharmaco
