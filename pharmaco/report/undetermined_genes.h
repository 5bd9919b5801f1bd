// Genes whose result does not decide, the drugs that wait for them, and what would settle each.
#pragma once

#include <string>
#include <vector>

#include "pharmaco/report/drug_summary.h"
#include "pharmaco/report/sample_report.h"

namespace stardose::pharmaco {

/// One gene whose result does not decide. Sentences end with a stop.
struct UndeterminedGene {
  std::string gene;
  std::string reason;
  std::string settled_by;
  std::vector<std::string> drugs;  ///< undetermined drugs that rest on this gene, in the report's order
  /// Drugs that wait for it, wholly or in part, and are listed under needs action or among the patient's own medicines.
  std::vector<std::string> drugs_elsewhere;
};

/// Returns whether a gene has no usable result: no call, several phenotypes, or one that is indeterminate.
[[nodiscard]] bool is_undetermined(const GeneFinding& finding);

/// Lists every undetermined gene of the report, also those that only advice names because they were not tested.
/// Ordered by the number of drugs that wait, then by gene.
[[nodiscard]] std::vector<UndeterminedGene> undetermined_genes(const SampleReport& report,
                                                               const std::vector<DrugSummary>& drugs);

/// Lists the undetermined drugs whose genes are all determined: here the guideline itself does not decide.
[[nodiscard]] std::vector<DrugSummary> drugs_left_open_by_guideline(const SampleReport& report,
                                                                    const std::vector<DrugSummary>& drugs);

}  // namespace stardose::pharmaco
