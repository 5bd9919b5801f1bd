// Counting what each gene came to, and how often it was right.
#include "pipeline/cohort_page.h"

#include <set>
#include <utility>

namespace stardose::pipeline {

std::map<std::string, pharmaco::GeneCounts> compare_with_truth(const std::string& truth, const std::string& catalogue,
                                                               const pharmaco::KnowledgeBase& knowledge,
                                                               const CohortResults& results) {
  const std::vector<pharmaco::TruthRow> truths = pharmaco::read_truth_table(truth);
  std::set<std::string> known;
  for (const pharmaco::TruthRow& row : truths) known.insert(row.sample);
  pharmaco::OurCalls calls;
  for (std::size_t sample = 0; sample < results.samples.size(); ++sample) {
    if (!known.contains(results.samples[sample])) continue;
    for (const GeneOutcomes& gene : results.genes) {
      const pharmaco::GeneFinding& finding = gene.distinct[gene.of_sample[sample]].finding;
      calls[{results.samples[sample], finding.gene}] = {finding.diplotypes, finding.phenotypes, finding.reason};
    }
  }
  return compare_tables(knowledge, pharmaco::open_aliases(catalogue, knowledge), truths, calls, {}).genes;
}

std::vector<pharmaco::CohortGene> count_genes(const CohortResults& results) {
  std::vector<pharmaco::CohortGene> genes;
  for (const GeneOutcomes& gene : results.genes) {
    std::vector<const pharmaco::GeneFinding*> findings;
    for (const GeneOutcome& outcome : gene.distinct) findings.push_back(&outcome.finding);
    std::vector<std::size_t> counts(findings.size());
    for (const std::uint32_t number : gene.of_sample) ++counts[number];
    genes.push_back(count_findings(findings, counts));
  }
  return genes;
}

}  // namespace stardose::pipeline
