// Stage: one guideline for the whole cohort, from gene outcomes to advice.
#pragma once

#include <string_view>
#include <vector>

#include "pharmaco/knowledge/knowledge_base.h"
#include "pipeline/cohort_results.h"
#include "pipeline/gene_panel.h"
#include "pipeline/sources/batch_source.h"

namespace stardose::pipeline {

/// Works out each distinct combination of gene outcomes once. Holds its arguments, which must outlive it; safe to call
/// from many threads.
class AdviseGuideline {
 public:
  static constexpr std::string_view name = "advise";

  AdviseGuideline(const pharmaco::KnowledgeBase& knowledge, const GenePanel& panel,
                  const std::vector<GeneOutcomes>& genes, std::size_t samples)
      : knowledge_{knowledge}, panel_{panel}, genes_{genes}, samples_{samples} {}

  /// Takes a batch of one: the guideline's number in the catalogue.
  GuidelineOutcomes operator()(Batch guideline) const;

 private:
  const pharmaco::KnowledgeBase& knowledge_;
  const GenePanel& panel_;
  const std::vector<GeneOutcomes>& genes_;
  std::size_t samples_;
};

}  // namespace stardose::pipeline
