// Combinations of outcomes to advice.
#include "pipeline/stages/advise_guideline.h"

#include <cstdint>
#include <unordered_map>
#include <utility>

#include "pharmaco/guidance/advise.h"
#include "pharmaco/report/table.h"

namespace stardose::pipeline {

namespace {

constexpr std::uint32_t unknown = UINT32_MAX;
constexpr std::size_t largest_direct = 1U << 18U;

GuidelineOutcome outcome_for(const pharmaco::KnowledgeBase& knowledge, const pharmaco::Guideline& guideline,
                             const std::vector<const GeneOutcomes*>& outcomes, std::size_t sample) {
  std::vector<const pharmaco::GeneResult*> genes;
  for (const GeneOutcomes* gene : outcomes) {
    genes.push_back(gene == nullptr ? nullptr : &gene->distinct[gene->of_sample[sample]].result);
  }
  GuidelineOutcome outcome{advise(knowledge, guideline, genes), {}};
  for (const pharmaco::Advice& advice : outcome.advice) outcome.rows.push_back(guidance_row(advice));
  return outcome;
}

}  // namespace

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
  // Every combination has a place in a mixed-radix count, so that looking one up costs no comparison.
  std::size_t combinations = 1;
  for (const GeneOutcomes* gene : outcomes) combinations *= gene == nullptr ? 1 : gene->distinct.size();
  std::unordered_map<std::size_t, std::uint32_t> known;
  std::vector<std::uint32_t> direct(combinations <= largest_direct ? combinations : 0, unknown);
  for (std::size_t sample = 0; sample < samples_; ++sample) {
    std::size_t place = 0;
    for (const GeneOutcomes* gene : outcomes) {
      if (gene != nullptr) place = place * gene->distinct.size() + gene->of_sample[sample];
    }
    std::uint32_t& number = direct.empty() ? known.try_emplace(place, unknown).first->second : direct[place];
    if (number == unknown) {
      number = static_cast<std::uint32_t>(result.distinct.size());
      result.distinct.push_back(outcome_for(knowledge_, guideline, outcomes, sample));
    }
    result.of_sample.push_back(number);
  }
  return result;
}

}  // namespace stardose::pipeline
