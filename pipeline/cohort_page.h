// The page of all samples, from the results of a run.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "pharmaco/concordance/concordance.h"
#include "pharmaco/knowledge/knowledge_base.h"
#include "pharmaco/report/cohort_report.h"
#include "pipeline/cohort_results.h"
#include "pipeline/sources/batch_source.h"

namespace stardose::pipeline {

/// A table of known diplotypes, to compare calls with. Refers to the knowledge.
class TruthTable {
 public:
  /// `catalogue` is the folder, empty for the embedded one. Throws InputError: the table cannot be read.
  TruthTable(const std::string& path, const std::string& catalogue, const pharmaco::KnowledgeBase& knowledge);

  /// Compares the calls of the samples, gene by gene. Nothing is counted where the table has none of them.
  [[nodiscard]] std::map<std::string, pharmaco::GeneCounts> compare(const CohortResults& results, Batch samples) const;
  /// Throws InputError (mismatch), as for a run that has no sample and gene in common with the table.
  void refuse_nothing_in_common() const;

 private:
  const pharmaco::KnowledgeBase& knowledge_;
  pharmaco::AliasTable aliases_;
  std::vector<pharmaco::TruthRow> truths_;
  std::set<std::string> samples_;
};

/// Counts each gene over all samples.
[[nodiscard]] std::vector<pharmaco::GeneTally> count_genes(const CohortResults& results);

}  // namespace stardose::pipeline
