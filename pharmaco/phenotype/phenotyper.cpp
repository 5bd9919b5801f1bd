// Functions and activity values to phenotypes.
#include "pharmaco/phenotype/phenotyper.h"

#include <algorithm>
#include <utility>

#include "pharmaco/calling/lowest_function.h"

namespace stardose::pharmaco {

namespace {

/// Whether a reading of a lowest-function gene is worse: by activity score, without one by the worst allele, then the
/// other.
using Badness = std::pair<int, int>;

Badness badness(const Gene& gene, const Diplotype& diplotype) {
  const int first = allele_rank(gene, worst_allele(gene, diplotype.first.alleles));
  const int second = diplotype.has_second() ? allele_rank(gene, worst_allele(gene, diplotype.second.alleles)) : first;
  if (gene.phenotype.method == PhenotypeMethod::activity_score) return {first + second, 0};
  return {std::min(first, second), std::max(first, second)};
}

/// The diplotypes that decide: of the ways in which phase sets can lie, those in which the gene works least.
std::vector<const Diplotype*> deciding(const Gene& gene, const GeneCall& call) {
  std::vector<const Diplotype*> list;
  for (const Diplotype& diplotype : call.diplotypes) list.push_back(&diplotype);
  if (gene.calling != CallingMethod::lowest_function || list.size() < 2) return list;
  const auto how_bad = [&](const Diplotype* diplotype) { return badness(gene, *diplotype); };
  return {*std::ranges::min_element(list, {}, how_bad)};
}

GeneReading read_lone_alleles(const Gene& gene, const std::vector<std::size_t>& alleles) {
  const auto [worst, next] = worst_two(gene, alleles);
  GeneReading reading = read_alleles(gene, worst, next);
  Diplotype pair{{{worst}, {}}, {{next}, {}}, 0};
  if (name_less(gene, pair.second, pair.first)) std::swap(pair.first, pair.second);
  reading.diplotype = to_text(gene, pair);
  return reading;
}

}  // namespace

GeneReading read_diplotype(const Gene& gene, const Diplotype& diplotype) {
  GeneReading reading;
  const bool by_strand = gene.calling == CallingMethod::lowest_function;
  const bool is_named =
      diplotype.first.is_named_allele() && (!diplotype.has_second() || diplotype.second.is_named_allele());
  if (by_strand || is_named) {
    std::optional<std::size_t> second;
    if (diplotype.has_second()) second = worst_allele(gene, diplotype.second.alleles);
    reading = read_alleles(gene, worst_allele(gene, diplotype.first.alleles), second);
  } else if (gene.phenotype.method != PhenotypeMethod::none) {
    reading.phenotype = PhenotypeRule::indeterminate;
  }
  reading.diplotype = to_text(gene, diplotype);
  return reading;
}

GeneReading read_alleles(const Gene& gene, std::size_t first, std::optional<std::size_t> second) {
  GeneReading reading;
  const NamedAllele& a = gene.alleles[first];
  const NamedAllele& b = gene.alleles[second.value_or(first)];
  if (gene.phenotype.method == PhenotypeMethod::functions) {
    reading.phenotype = gene.phenotype.of_functions(a.function, b.function, !second);
  } else if (gene.phenotype.method == PhenotypeMethod::activity_score) {
    reading.phenotype = PhenotypeRule::indeterminate;
    if (a.activity && b.activity && second) {
      reading.score = *a.activity + *b.activity;
      reading.phenotype = gene.phenotype.of_score(*reading.score);
    }
  }
  return reading;
}

GeneResult read_phenotype(const Gene& gene, const GeneCall& call) {
  GeneResult result{gene.symbol, call.status, {}};
  for (const Diplotype* diplotype : deciding(gene, call)) result.readings.push_back(read_diplotype(gene, *diplotype));
  if (!call.lone_alleles.empty()) result.readings.push_back(read_lone_alleles(gene, call.lone_alleles));
  if (!call.inferred.empty()) result.readings.push_back(read_alleles(gene, call.inferred[0], call.inferred[1]));
  return result;
}

std::vector<GeneReading> read_possible(const Gene& gene, const GeneCall& call, const GeneResult& result) {
  std::vector<GeneReading> others;
  const bool by_name = gene.phenotype.method == PhenotypeMethod::none;
  const auto is_same = [&](const GeneReading& a, const GeneReading& b) {
    return a.phenotype == b.phenotype && a.score == b.score && (!by_name || a.diplotype == b.diplotype);
  };
  for (const Diplotype& pair : call.possible) {
    const auto second = pair.has_second() ? std::optional{pair.second.alleles.front()} : std::nullopt;
    GeneReading reading = read_alleles(gene, pair.first.alleles.front(), second);
    if (reading.phenotype == PhenotypeRule::indeterminate) continue;
    reading.diplotype = to_text(gene, pair);
    const auto known = [&](const GeneReading& other) { return is_same(reading, other); };
    if (std::ranges::any_of(result.readings, known) || std::ranges::any_of(others, known)) continue;
    others.push_back(std::move(reading));
  }
  return others;
}

}  // namespace stardose::pharmaco
