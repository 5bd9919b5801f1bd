// Named-allele definitions in the reference matcher's JSON, made into a Gene.
#pragma once

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "pharmaco/knowledge/gene.h"
#include "tests/builders/gene_builder.h"
#include "tests/shared/text_table.h"

namespace stardose::tests {

namespace definition_detail {

/// `g.1C>T; g.1C>G` in the file, separated as the catalogue's tables do.
inline std::string hgvs_cell(const nlohmann::json& variant) {
  return join_text(split_text(variant.at("chromosomeHgvsName").get<std::string>(), "; "), " | ");
}

inline std::string definition_cell(const nlohmann::json& variants, const nlohmann::json& allele) {
  const bool is_reference = allele.value("reference", false);
  std::string cell = is_reference ? "reference" : "";
  for (std::size_t k = 0; k < variants.size(); ++k) {
    const nlohmann::json& base = allele.at("alleles").at(k);
    if (base.is_null() || (is_reference && base == variants[k].at("ref"))) continue;
    cell += (cell.empty() ? "" : " ") + std::to_string(variants[k].at("position").get<long>()) + "=" +
            base.get<std::string>();
  }
  return cell;
}

}  // namespace definition_detail

/// Takes sites and alleles from the file, and how the gene is called from `like`, its entry in the catalogue. Required
/// sites, preferences and phenotypes are not carried over: the file has none.
inline pharmaco::Gene read_definition_file(const std::string& path, const pharmaco::Gene& like) {
  std::ifstream file{path};
  const nlohmann::json json = nlohmann::json::parse(file);
  test::GeneBuilder builder{json.at("gene").get<std::string>()};
  builder.contig(json.at("chromosome").get<std::string>());
  const nlohmann::json& variants = json.at("variants");
  for (const nlohmann::json& variant : variants) {
    builder.site(variant.at("position").get<int>(), variant.at("ref").get<std::string>(),
                 join_text(variant.at("alts").get<std::vector<std::string>>(), ","), ".",
                 definition_detail::hgvs_cell(variant));
  }
  for (const nlohmann::json& allele : json.at("namedAlleles")) {
    const std::string name = allele.at("name").get<std::string>();
    builder.allele(name, definition_detail::definition_cell(variants, allele));
  }
  pharmaco::Gene gene = builder.build();
  gene.calling = like.calling;
  gene.ploidy = like.ploidy;
  gene.undocumented_as_reference = like.undocumented_as_reference;
  gene.worst_first = like.worst_first;
  return gene;
}

}  // namespace stardose::tests
