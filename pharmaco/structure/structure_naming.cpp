// Names and words of haplotypes.
#include "pharmaco/structure/structure_naming.h"

#include <algorithm>
#include <vector>

#include "pharmaco/knowledge/natural_order.h"
#include "pharmaco/knowledge/tsv.h"

namespace stardose::pharmaco {

namespace {

std::string_view smallest_allele(std::string_view haplotype) {
  const std::vector<std::string_view> alleles = split(haplotype, "+");
  return alleles.empty() ? haplotype : *std::ranges::min_element(alleles, natural_less);
}

std::string words_of(const GeneStructure& structure, const HaplotypeForm& form) {
  std::string words = structure.shapes[form.shape].words;
  if (form.gene_copies > 1) words += " (" + std::to_string(form.gene_copies) + " copies)";
  return words;
}

}  // namespace

std::string diplotype_name(const std::string& first, const std::string& second) {
  const std::string_view one = smallest_allele(first);
  const std::string_view two = smallest_allele(second);
  const bool swapped = natural_less(two, one) || (!natural_less(one, two) && natural_less(second, first));
  return swapped ? second + "/" + first : first + "/" + second;
}

std::string structure_words(const GeneStructure& structure, const HaplotypeForm& first, const HaplotypeForm& second) {
  const std::string one = words_of(structure, first);
  const std::string two = words_of(structure, second);
  return one == two ? one + " on both chromosomes" : one + "; " + two;
}

}  // namespace stardose::pharmaco
