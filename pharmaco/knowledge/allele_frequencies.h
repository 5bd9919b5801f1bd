// How common a gene's named alleles are in groups of people.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pharmaco/knowledge/catalogue_files.h"

namespace stardose::pharmaco {

/// Counts in one group, `EUR` or `all`.
struct PopulationCounts {
  std::string population;
  double chromosomes = 0;                                ///< those whose allele was told
  std::map<std::string, double, std::less<>> by_allele;  ///< reported name -> chromosomes with it; absent: none seen
};

struct AlleleFrequencies {
  std::vector<PopulationCounts> populations;  ///< empty: the catalogue has no frequencies of the gene

  /// nullptr: no such group.
  [[nodiscard]] const PopulationCounts* find(std::string_view population) const;
};

/// Reads `allele population frequency chromosomes`. Faults: a name that is not among `alleles`, a frequency outside 0
/// to 1, a row that is there twice, a group whose chromosomes differ between rows or whose frequencies exceed 1.
[[nodiscard]] AlleleFrequencies load_frequencies(const std::string& file, const std::string& text,
                                                 const std::vector<std::string>& alleles, CatalogueFaults& faults);

}  // namespace stardose::pharmaco
