// Counting what each gene came to, and how often it was right.
#include "pipeline/cohort_page.h"

#include <algorithm>
#include <utility>

namespace stardose::pipeline {

TruthTable::TruthTable(const std::string& path, const std::string& catalogue, const pharmaco::KnowledgeBase& knowledge)
    : knowledge_{knowledge},
      aliases_{pharmaco::open_aliases(catalogue, knowledge)},
      truths_{pharmaco::read_truth_table(path)} {
  for (const pharmaco::TruthRow& row : truths_) samples_.insert(row.sample);
}

std::map<std::string, pharmaco::GeneCounts> TruthTable::compare(const CohortResults& results, Batch samples) const {
  pharmaco::OurCalls calls;
  for (std::size_t sample = samples.begin; sample < samples.end; ++sample) {
    if (!samples_.contains(results.samples[sample])) continue;
    for (const GeneOutcomes& gene : results.genes) {
      const pharmaco::GeneFinding& finding = gene.distinct[gene.of_sample[sample]].finding;
      calls[{results.samples[sample], finding.gene}] = {finding.diplotypes, finding.phenotypes, finding.reason};
    }
  }
  const bool any_common = std::ranges::any_of(truths_, [&](const pharmaco::TruthRow& row) {
    return calls.contains({row.sample, row.gene});
  });
  if (!any_common) return {};
  return compare_tables(knowledge_, aliases_, truths_, calls, {}).genes;
}

void TruthTable::refuse_nothing_in_common() const {
  static_cast<void>(compare_tables(knowledge_, aliases_, truths_, {}, {}));
}

std::vector<pharmaco::GeneTally> count_genes(const CohortResults& results) {
  std::vector<pharmaco::GeneTally> genes;
  for (const GeneOutcomes& gene : results.genes) {
    std::vector<std::size_t> counts(gene.distinct.size());
    for (const std::uint32_t number : gene.of_sample) ++counts[number];
    pharmaco::GeneTally& tally = genes.emplace_back();
    for (std::size_t k = 0; k < counts.size(); ++k) tally.add(gene.distinct[k].finding, counts[k]);
  }
  return genes;
}

}  // namespace stardose::pipeline
