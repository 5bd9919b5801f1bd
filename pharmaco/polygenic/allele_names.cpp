// Numbering alleles.
#include "pharmaco/polygenic/allele_names.h"

#include <algorithm>
#include <cctype>

namespace stardose::pharmaco {

AlleleName AlleleNames::add(std::string_view allele) {
  std::string upper{allele};
  std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const auto known = numbers_.find(upper);
  if (known != numbers_.end()) return known->second;
  names_.push_back(std::move(upper));
  const auto number = static_cast<AlleleName>(names_.size() - 1);
  numbers_.emplace(names_.back(), number);
  return number;
}

bool is_bases(std::string_view allele) {
  return !allele.empty() && allele.find_first_not_of("ACGT") == std::string_view::npos;
}

char complement(char base) {
  switch (base) {
    case 'A': return 'T';
    case 'C': return 'G';
    case 'G': return 'C';
    default: return 'A';
  }
}

}  // namespace stardose::pharmaco
