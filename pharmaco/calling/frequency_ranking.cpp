// Hardy-Weinberg over the diplotypes that are left.
#include "pharmaco/calling/frequency_ranking.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <set>
#include <utility>

namespace stardose::pharmaco {

namespace {

// Jeffreys' prior for proportions: half a chromosome of every allele is taken for seen.
constexpr double prior = 0.5;

class Frequencies {
 public:
  Frequencies(const Gene& gene, const PopulationCounts& counts) : gene_{gene}, counts_{counts} {
    std::set<std::string> names;
    for (const NamedAllele& allele : gene.alleles) names.insert(allele.reported_name());
    total_ = counts.chromosomes + prior * static_cast<double>(names.size());
  }

  [[nodiscard]] double of(const Haplotype& haplotype) const {
    const auto seen = counts_.by_allele.find(gene_.alleles[haplotype.alleles.front()].reported_name());
    return ((seen == counts_.by_allele.end() ? 0 : seen->second) + prior) / total_;
  }

  [[nodiscard]] double of(const Diplotype& pair) const {
    if (!pair.has_second()) return of(pair.first);
    const bool differ = to_text(gene_, pair.first) != to_text(gene_, pair.second);
    return of(pair.first) * of(pair.second) * (differ ? 2 : 1);
  }

 private:
  const Gene& gene_;
  const PopulationCounts& counts_;
  double total_ = 0;
};

bool is_single(const Haplotype& haplotype) { return haplotype.alleles.size() < 2; }

bool can_rank(const std::vector<Diplotype>& pairs) {
  return std::ranges::all_of(pairs,
                             [](const Diplotype& pair) { return is_single(pair.first) && is_single(pair.second); });
}

}  // namespace

void rank_by_frequency(const Gene& gene, const RankingOptions& options, GeneCall& call) {
  if (options.population.empty() || call.status != CallStatus::ambiguous) return;
  call.ranking.population = options.population;
  const PopulationCounts* counts = gene.frequencies.find(options.population);
  if (counts == nullptr || !can_rank(call.diplotypes)) return;
  const Frequencies frequencies{gene, *counts};
  std::vector<std::pair<double, std::size_t>> order;
  double sum = 0;
  for (std::size_t i = 0; i < call.diplotypes.size(); ++i) {
    order.emplace_back(frequencies.of(call.diplotypes[i]), i);
    sum += order.back().first;
  }
  std::ranges::stable_sort(order, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<Diplotype> ranked;
  for (const auto& [probability, number] : order) {
    call.ranking.posteriors.push_back(probability / sum);
    ranked.push_back(std::move(call.diplotypes[number]));
  }
  call.diplotypes = std::move(ranked);
  if (options.call_from >= 100 || call.ranking.posteriors.front() * 100 < options.call_from) return;
  call.status = CallStatus::called;
  call.ranking.set_aside.assign(call.diplotypes.begin() + 1, call.diplotypes.end());
  call.diplotypes.resize(1);
}

}  // namespace stardose::pharmaco
