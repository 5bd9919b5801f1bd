// Combinations of outcomes to advice.
#include "pipeline/stages/advise_guideline.h"

#include <map>
#include <utility>

#include "pharmaco/guidance/advise.h"
#include "pharmaco/report/table.h"

namespace stardose::pipeline {

GuidelineOutcomes AdviseGuideline::operator()(Batch item) const {
  const pharmaco::Guideline& guideline = knowledge_.guidelines[item.begin];
  std::vector<const GeneOutcomes*> outcomes;  // one for each of its genes; nullptr: not in the panel
  for (const std::string& symbol : guideline.genes) {
    outcomes.push_back(nullptr);
    for (std::size_t g = 0; g < panel_.genes.size(); ++g) {
      if (panel_.genes[g].gene->symbol == symbol) outcomes.back() = &genes_[g];
    }
  }
  GuidelineOutcomes result;
  result.of_sample.reserve(samples_);
  std::map<std::vector<std::uint32_t>, std::uint32_t> known;
  std::vector<std::uint32_t> combination(outcomes.size(), 0);
  for (std::size_t sample = 0; sample < samples_; ++sample) {
    for (std::size_t k = 0; k < outcomes.size(); ++k) {
      if (outcomes[k] != nullptr) combination[k] = outcomes[k]->of_sample[sample];
    }
    const auto [at, is_new] = known.emplace(combination, static_cast<std::uint32_t>(result.distinct.size()));
    if (is_new) {
      std::vector<const pharmaco::GeneResult*> genes;
      for (std::size_t k = 0; k < outcomes.size(); ++k) {
        genes.push_back(outcomes[k] == nullptr ? nullptr : &outcomes[k]->distinct[combination[k]].result);
      }
      GuidelineOutcome outcome{advise(knowledge_, guideline, genes), {}};
      for (const pharmaco::Advice& advice : outcome.advice) outcome.rows.push_back(guidance_row(advice));
      result.distinct.push_back(std::move(outcome));
    }
    result.of_sample.push_back(at->second);
  }
  return result;
}

}  // namespace stardose::pipeline
