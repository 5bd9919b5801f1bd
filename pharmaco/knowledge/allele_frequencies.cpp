// Reading frequencies.tsv.
#include "pharmaco/knowledge/allele_frequencies.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <numeric>

#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

namespace {

// Frequencies have six decimals, so those of a group may add up to a little more than 1.
constexpr double rounding = 1e-3;

bool read_fraction(std::string_view text, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && value >= 0 && value <= 1;
}

double sum(const PopulationCounts& group) {
  return std::accumulate(group.by_allele.begin(), group.by_allele.end(), 0.0,
                         [](double total, const auto& entry) { return total + entry.second; });
}

}  // namespace

const PopulationCounts* AlleleFrequencies::find(std::string_view population) const {
  const auto group = std::ranges::find(populations, population, &PopulationCounts::population);
  return group == populations.end() ? nullptr : &*group;
}

AlleleFrequencies load_frequencies(const std::string& file, const std::string& text,
                                   const std::vector<std::string>& alleles, CatalogueFaults& faults) {
  static constexpr std::array<std::string_view, 4> columns = {"allele", "population", "frequency", "chromosomes"};
  AlleleFrequencies frequencies;
  auto& groups = frequencies.populations;
  for (const auto& row : read_tsv(file, text, columns, faults).rows) {
    const std::string allele{row.cells[0]};
    double frequency = 0;
    std::int64_t chromosomes = 0;
    if (std::ranges::find(alleles, allele) == alleles.end()) faults.add(file, row.line, "no such allele: " + allele);
    if (!read_fraction(row.cells[2], frequency) || !read_number(row.cells[3], chromosomes) || chromosomes < 1) {
      faults.add(file, row.line, "expected a frequency from 0 to 1 and a number of chromosomes");
      continue;
    }
    auto group = std::ranges::find(groups, row.cells[1], &PopulationCounts::population);
    if (group == groups.end()) {
      group = groups.insert(groups.end(), {std::string{row.cells[1]}, static_cast<double>(chromosomes), {}});
    }
    if (group->chromosomes != static_cast<double>(chromosomes)) {
      faults.add(file, row.line, "another number of chromosomes than above for " + group->population);
    }
    if (!group->by_allele.emplace(allele, frequency * group->chromosomes).second) {
      faults.add(file, row.line, "the allele is there twice for " + group->population);
    }
  }
  for (const PopulationCounts& group : groups) {
    if (sum(group) <= group.chromosomes * (1 + rounding)) continue;
    faults.add(file, 0, "frequencies of " + group.population + " add up to more than 1");
  }
  return frequencies;
}

}  // namespace stardose::pharmaco
