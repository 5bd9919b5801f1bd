// The page of all samples, from the results of a run.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pharmaco/concordance/concordance.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/report/cohort_report.h"
#include "pipeline/cohort_results.h"

namespace stardose::pipeline {

/// Compares the results with a table of known diplotypes, gene by gene. Throws InputError: the table cannot be read, or
/// has no sample and gene in common with the run. `catalogue` is the folder, empty for the embedded one.
[[nodiscard]] std::map<std::string, pharmaco::GeneCounts> compare_with_truth(const std::string& truth,
                                                                             const std::string& catalogue,
                                                                             const pharmaco::KnowledgeBase& knowledge,
                                                                             const CohortResults& results);

/// Counts each gene over all samples.
[[nodiscard]] std::vector<pharmaco::CohortGene> count_genes(const CohortResults& results);

}  // namespace stardose::pipeline
