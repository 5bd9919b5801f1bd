// Looking through definitions.
#include "pharmaco/knowledge/defined_alleles.h"

#include <algorithm>
#include <set>
#include <string>

namespace stardose::pharmaco {

std::vector<std::size_t> alleles_defined_by(const Gene& gene, std::size_t site, std::uint8_t code) {
  std::vector<std::size_t> found;
  std::set<std::string> names;
  for (std::size_t number = 0; number < gene.alleles.size(); ++number) {
    const NamedAllele& allele = gene.alleles[number];
    const auto asked = std::ranges::find(allele.definition, site, &DefinedSite::site);
    if (asked == allele.definition.end() || (asked->allowed >> code & 1U) == 0) continue;
    const bool takes_reference = (asked->allowed & 1U) != 0;  // `Y` where C is the reference: the site does not matter
    if (code == 0 ? asked->allowed != 1 : takes_reference) continue;
    if (names.insert(allele.reported_name()).second) found.push_back(number);
  }
  return found;
}

}  // namespace stardose::pharmaco
