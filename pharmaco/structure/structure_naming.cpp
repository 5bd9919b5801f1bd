// Names and words of haplotypes.
#include "pharmaco/structure/structure_naming.h"

#include <algorithm>
#include <string_view>
#include <utility>

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

std::string haplotype_name(const GeneStructure& structure, const HaplotypeForm& form,
                           const std::vector<PartContent>& parts) {
  const HaplotypeShape& shape = structure.shapes[form.shape];
  std::vector<std::pair<std::string, int>> names;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    if (parts[part].name.empty()) continue;
    const auto same = std::ranges::find(names, parts[part].name, &std::pair<std::string, int>::first);
    if (same != names.end()) same->second += form.copies[part];
    if (same == names.end()) names.emplace_back(parts[part].name, form.copies[part]);
  }
  if (names.empty()) return shape.name;
  // Two ordinary copies stand in order, a hybrid before them.
  if (names.size() >= 2 && shape.parts.back().kind == shape.parts[parts.size() - 2].kind &&
      natural_less(names.back().first, names[names.size() - 2].first)) {
    std::swap(names.back(), names[names.size() - 2]);
  }
  std::string text;
  for (const auto& [name, copies] : names) {
    text += (text.empty() ? "" : "+") + name + (copies > 1 ? "x" + std::to_string(copies) : "");
  }
  return text;
}

void count_alleles(const HaplotypeForm& form, const std::vector<PartContent>& parts,
                   std::map<std::string, int>& copies) {
  for (std::size_t part = 0; part < parts.size(); ++part) {
    if (!parts[part].name.empty()) copies[parts[part].name] += form.copies[part];
  }
}

}  // namespace stardose::pharmaco
